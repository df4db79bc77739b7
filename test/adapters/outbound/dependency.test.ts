import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dependencies, Dependency } from '../../../src/adapters/outbound/dependency.ts';

/** As in dependency.ts. */
const [AT_ONCE, WAITING, FAULTS, OPEN_FOR] = [64, 256, 5, 2_000];

const events: (string | null)[] = [];
let dependency: Dependency;
let asked: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  events.length = 0;
  asked = 0;
  dependency = new Dependency((fault) => void events.push(fault));
});
afterEach(() => void vi.useRealTimers());

/** One exchange that comes to this; what the caller gets. */
function use(fault: string | null, until: Promise<void> = Promise.resolve(), timeout = 10_000): Promise<string> {
  return dependency.use({
    timeout,
    async exchange() {
      asked += 1;
      await until;
      return { result: fault ?? 'answered', fault };
    },
    refused: (reason) => reason,
  });
}

async function failsTimes(times: number): Promise<void> {
  for (let n = 0; n < times; n++) expect(await use('ECONNREFUSED')).toBe('ECONNREFUSED');
}

function later(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

/** A promise and what fulfils it. */
function gate() {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => void (open = resolve));
  return { opened, open: () => open() };
}

describe('the circuit of a dependency', () => {
  it('opens with the fifth fault in a row, and then nobody waits', async () => {
    await failsTimes(FAULTS - 1);
    expect(events).toEqual([]);
    await failsTimes(1);
    expect(events).toEqual(['ECONNREFUSED']);
    expect(await use(null)).toBe('circuit open');
    expect(asked).toBe(FAULTS);
  });

  it('counts in a row: one answer, a refusal as well, and it begins anew', async () => {
    await failsTimes(FAULTS - 1);
    expect(await use(null)).toBe('answered');
    await failsTimes(FAULTS - 1);
    expect(await use(null)).toBe('answered');
    expect(events).toEqual([]);
  });

  it('lets one alone try after two seconds, and closes with its answer', async () => {
    await failsTimes(FAULTS);
    later(OPEN_FOR - 1);
    expect(await use(null)).toBe('circuit open');
    later(1);
    const { opened, open } = gate();
    const trial = use(null, opened);
    expect(await use(null)).toBe('circuit open');
    open();
    expect(await trial).toBe('answered');
    expect(await use(null)).toBe('answered');
    expect(asked).toBe(FAULTS + 2);
    expect(events).toEqual(['ECONNREFUSED', null]);
  });

  it('stays open where the trial fails, and says so once', async () => {
    await failsTimes(FAULTS);
    later(OPEN_FOR);
    await failsTimes(1);
    expect(await use(null)).toBe('circuit open');
    later(OPEN_FOR);
    expect(await use(null)).toBe('answered');
    expect(events).toEqual(['ECONNREFUSED', null]);
  });
});

describe('the room of a dependency', () => {
  it('so many are asked for at a time, so many wait, and the next is answered at once', async () => {
    const { opened, open } = gate();
    const begun = Array.from({ length: AT_ONCE + WAITING }, () => use(null, opened));
    expect(asked).toBe(AT_ONCE);
    expect(await use(null)).toBe('busy');
    open();
    expect(new Set(await Promise.all(begun))).toEqual(new Set(['answered']));
    expect(asked).toBe(AT_ONCE + WAITING);
  });

  it('who waits gives up at its own deadline, is never asked for, and keeps nobody else waiting', async () => {
    const { opened, open } = gate();
    const begun = Array.from({ length: AT_ONCE }, () => use(null, opened));
    const impatient = Array.from({ length: AT_ONCE }, () => use(null, opened, 20));
    const patient = use(null);
    expect(new Set(await Promise.all(impatient))).toEqual(new Set(['timeout']));
    open();
    expect(await patient).toBe('answered');
    await Promise.all(begun);
    expect(asked).toBe(AT_ONCE + 1);
    expect(events).toEqual([]);
  });

  it('what is left of the deadline after the wait is all that the exchange gets', async () => {
    const { opened, open } = gate();
    const begun = Array.from({ length: AT_ONCE }, () => use(null, opened));
    const left = dependency.use({
      timeout: 5_000,
      exchange: (ms) => Promise.resolve({ result: ms, fault: null }),
      refused: () => NaN,
    });
    setTimeout(open, 30);
    expect(await left).toBeLessThanOrEqual(4_980);
    await Promise.all(begun);
  });

  it('who waits when the circuit opens is answered then, and what hangs still keeps no trial away', async () => {
    const [hangs, fails] = [gate(), gate()];
    const hanging = Array.from({ length: AT_ONCE - FAULTS }, () => use(null, hangs.opened));
    const failing = Array.from({ length: FAULTS }, () => use('timeout', fails.opened));
    const waiting = Array.from({ length: WAITING }, () => use(null, hangs.opened));
    fails.open();
    await Promise.all(failing);
    // Five of them began with the room that the faults made.
    const answers = waiting.slice(FAULTS);
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['circuit open']));
    later(OPEN_FOR);
    expect(await use(null)).toBe('answered');
    hangs.open();
    await Promise.all([...hanging, ...waiting]);
  });
});

it('the same address is the same dependency, another one another', () => {
  const dependencies = new Dependencies();
  const one = dependencies.at('https://a.example', 'web service');
  expect(dependencies.at('https://a.example', 'Twilio')).toBe(one);
  expect(dependencies.at('https://b.example', 'web service')).not.toBe(one);
});
