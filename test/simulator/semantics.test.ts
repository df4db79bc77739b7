import { describe, expect, it } from 'vitest';
import { loadScenarios } from '../../src/core/scenario/load-scenarios.ts';
import { playScenario, scenariosToPlay } from '../../src/simulator/play-scenario.ts';
import type { Played } from '../../src/simulator/record.ts';
import { HELD } from './own-callflows.ts';
import { playOne, promptsIn, simulatorOf } from './playing.ts';

const simulator = simulatorOf(HELD);
const CUSTOMER = 'customer: { email: ana@example.test, sms: "+12025550156" }';

/** Plays these steps. */
function play(steps: string, { callflow = 'two-factor', given = CUSTOMER, rest = '' } = {}): Promise<Played> {
  return playOne(
    `callflow: ${callflow}\ngiven: { ${given} }\nscenarios:\n  - { name: a, call: [ ${steps} ]${rest} }\n`,
    simulator,
  );
}

/** How every call of it ended. */
function endings({ happened }: Played): readonly string[] {
  return happened.flatMap((each) => (each.kind === 'line' && each.event.kind === 'ended' ? [each.event.by] : []));
}

function pressedAt({ happened }: Played): readonly number[] {
  return happened.flatMap((each) => (each.kind === 'line' && each.event.kind === 'pressed' ? [each.event.at] : []));
}

describe('what a caller hears', () => {
  it('is named in its order, and what is heard twice is named twice', async () => {
    const again = '{ hears: greeting }, { hears: choose-method }, { press: star }, { hears: choose-method }';
    expect(await play(again)).toMatchObject({ outcome: 'passed' });
    expect(await play(`${again}, { hears: choose-method }`)).toMatchObject({ outcome: 'failed' });
  });

  it('may be named by the prompt or by one of its texts', async () => {
    expect(await play('{ press: sms }, { hears: enter-code }')).toMatchObject({ outcome: 'passed' });
    expect(await play('{ press: sms }, { hears: enter-code.sms }')).toMatchObject({ outcome: 'passed' });
  });

  it('counts as the very next since the caller did something, where it says exactly', async () => {
    const played = await play('{ press: sms }, { hears: enter-code, exactly: true }');
    expect(played).toMatchObject({ outcome: 'passed' });
  });
});

describe('silence', () => {
  it('ends where the line gives up waiting, also when the time that is written is a little less', async () => {
    const played = await play('{ silent: 8s }, { hears: silence }, { hears: choose-method }');
    expect(played).toMatchObject({ outcome: 'passed' });
  });

  it('lasts over several questions where it is long, and to the end of the call', async () => {
    const played = await play('{ silent: 60s }, { hears: silence }, { hears: transferring }', {
      rest: ', ends: agent',
    });
    expect(played).toMatchObject({ outcome: 'passed', calls: 1 });
  });

  it('of a short while comes before the next key', async () => {
    const [now = 0] = pressedAt(await play('{ press: sms }'));
    const played = await play('{ silent: 3s }, { press: sms }, { hears: enter-code }');
    expect(pressedAt(played)).toEqual([now + 3_000]);
  });

  it('at the last question lets the call end by itself', async () => {
    const silences = '{ silent: 8s }, { hears: silence }, { silent: 8s }, { hears: silence }, { silent: 8s }';
    expect(await play(silences, { rest: ', ends: agent' })).toMatchObject({ outcome: 'passed' });
  });
});

describe('keys', () => {
  it('are pressed after the question, and at once where that is written', async () => {
    const [after = 0] = pressedAt(await play('{ press: sms }'));
    expect(after).toBeGreaterThan(10_000);
    const [first = 0] = pressedAt(await play('{ press: 2, at-once: true }'));
    expect(first).toBe(0);
  });

  it('of a code before are those of the call before, too', async () => {
    const first = '{ press: sms }, { gets: sms }, hangs-up, redials';
    const second = '{ press: email }, { gets: email }, { press: old-code }, { hears: wrong-code }';
    expect(await play(`${first}, ${second}`)).toMatchObject({ outcome: 'passed', calls: 2 });
  });
});

describe('the end of a call', () => {
  it('comes at the question after the last step where no exit is named', async () => {
    const played = await play('{ press: sms }, { gets: sms }');
    expect(played).toMatchObject({ outcome: 'passed' });
    expect(endings(played)).toEqual(['caller']);
  });

  it('may come while the line is held', async () => {
    const slow = `${CUSTOMER}, services: { slow: { delay: 9s } }`;
    const held = '{ press: slow }, { hears: one-moment }';
    const played = await play(`${held}, hangs-up`, { callflow: 'held', given: slow });
    expect([played.outcome, ...promptsIn(played)]).toEqual(['passed', 'first', 'one-moment']);
    expect(endings(played)).toEqual(['caller']);
    const patient = await play(`${held}, { hears: second }`, { callflow: 'held', given: slow });
    expect([patient.outcome, ...promptsIn(patient)]).toEqual(['passed', 'first', 'one-moment', 'second']);
  });

  it('does not come before a silence is over', async () => {
    const played = await play('{ silent: 12s }, hangs-up');
    expect(promptsIn(played)).toEqual(['greeting', 'choose-method', 'silence', 'choose-method']);
    expect(endings(played)).toEqual(['caller']);
  });

  it('is that of the last call where there are several', async () => {
    const played = await play('{ press: sms }, hangs-up, redials, { press: 0 }', {
      rest: ', ends: agent, count: { sends: 0 }',
    });
    expect(played).toMatchObject({ outcome: 'passed', calls: 2 });
    expect(endings(played)).toEqual(['caller', 'line']);
  });
});

describe('what is given', () => {
  it('in the scenario stands beside what is given in the file, or in its place', async () => {
    const given = `${CUSTOMER}, sends-fail: [sms], services: { balance: { fail: true } }, inputs: { CustomerEmail: a@b.test }`;
    const { scenarios } = loadScenarios({
      file: 'a.yaml',
      text: `callflow: main\ngiven: { ${given} }\nscenarios:\n  - name: a\n    given: { customer: {}, sends-fail: { email: rejected }, breaks: [send-code] }\n    call: [ hangs-up ]\n`,
    });
    const [only] = scenarios === null ? [] : scenariosToPlay('a.yaml', scenarios);
    expect(only?.given).toMatchObject({
      customer: {},
      'sends-fail': { sms: 'unreachable', email: 'rejected' },
      services: { balance: { fail: true } },
      inputs: { CustomerEmail: 'a@b.test' },
      breaks: ['send-code'],
    });
  });

  it('a fault that the call survives fails a scenario, unless it breaks something', async () => {
    const text = (given: string): string =>
      `callflow: two-factor\nscenarios:\n  - { name: a, given: { ${given} }, call: [ { hears: technical-problem } ], ends: error }\n`;
    expect(await playOne(text('breaks: [find-methods]'), simulator)).toMatchObject({ outcome: 'passed' });
    const { scenarios } = loadScenarios({
      file: 'a.yaml',
      text: text('services: { contact-methods: { fail: true } }'),
    });
    const [only] = scenarios === null ? [] : scenariosToPlay('a.yaml', scenarios);
    if (only === undefined) throw new Error('no scenario');
    const faulty = await playScenario(only, (scene) =>
      simulator.open({
        ...scene,
        took(path) {
          scene.took(path);
          scene.fault('a task failed');
        },
      }),
    );
    expect(faulty).toMatchObject({
      outcome: 'failed',
      failure: {
        expected: 'nothing breaks',
        instead: 'Dialproof had a fault, and the call survived it: a task failed',
      },
    });
  });
});
