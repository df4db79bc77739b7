/**
 * A server whose wall clock is set while it runs (security.md 2): no code lives longer by it, and nobody is locked out.
 * What a store and a call make of it is in test/contracts/store/clock-steps.ts and test/app/clock-steps.test.ts; here the
 * operating system sets the clock.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { FAKETIME, WallClock } from '../support/fake-time.ts';
import { Line } from '../support/line.ts';
import { ServerProcesses, type ServerOptions } from '../support/server-processes.ts';
import { httpStub } from '../support/stub-server.ts';

const HOUR = 3_600;
const DAY = 24 * HOUR;
const STEPS = [
  ['an hour forwards', HOUR],
  ['a day forwards', DAY],
  ['an hour back', -HOUR],
  ['a day back', -DAY],
] as const;

if (FAKETIME === null) console.log('Not run: libfaketime is missing. Debian has it in the package `faketime`.');

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

interface Stepped {
  readonly clock: WallClock;
  readonly server: ServerProcesses;
}

async function serverAt(ahead: number, { settings, ...options }: ServerOptions = {}): Promise<Stepped> {
  const clock = new WallClock();
  await clock.isAhead(ahead);
  const server = await ServerProcesses.start({ ...options, settings: { ...settings, ...clock.environment } });
  closers.unshift(async () => {
    await server.close();
    await clock.remove();
  });
  return { clock, server };
}

/** A call in which a code has just been sent. */
async function asked({ server }: Stepped, account: string): Promise<Line> {
  const caller = new Line(server.address);
  await caller.dials('two-factor', { AccountNumber: account });
  return caller;
}

async function getsIn(at: Stepped, caller: Line): Promise<void> {
  await caller.presses(at.server.code);
  expect(await at.server.counts(caller)).toMatchObject({ exit: 'success', grants: 1 });
}

describe.skipIf(FAKETIME === null)('the clock is set', () => {
  describe.each(STEPS)('by %s', (_how, seconds) => {
    it('a code that was sent before is dead; its call and all others go on, and new ones get in', async () => {
      const at = await serverAt(0);
      const { server, clock } = at;
      const [tried, waiting] = [await asked(at, '1003'), new Line(server.address)];
      await tried.presses(server.wrongCode);
      await waiting.dials('main');
      const caller = await asked(at, '1002');
      const old = server.code;
      await clock.isAhead(seconds);

      await caller.presses(old);
      expect(caller.heard).toContain('cannot be used any more');
      expect(await server.counts(caller)).toMatchObject({ phase: 'active', sends: 2, attempts: 0, grants: 0 });
      await getsIn(at, caller);

      await waiting.presses('1001');
      await waiting.presses('2');
      await waiting.presses(server.code);
      expect(await server.counts(waiting)).toMatchObject({ sends: 1, grants: 1 });
      await getsIn(at, await asked(at, '1002'));

      await tried.presses('123456');
      expect(tried.heard).toContain('cannot be used any more');
      await getsIn(at, tried);
    });

    it('a server that has started since knows that it is dead, too', async () => {
      const at = await serverAt(0);
      const { server, clock } = at;
      const caller = await asked(at, '1002');
      const old = server.code;
      await clock.isAhead(seconds);
      await server.crash();
      await caller.presses(old);
      expect(caller.heard).toContain('cannot be used any more');
      expect(await server.counts(caller)).toMatchObject({ attempts: 0, grants: 0 });
      await getsIn(at, caller);
      await getsIn(at, await asked(at, '1003'));
    });

    it('a send that is under way is given up, and its code is good for nothing', async () => {
      const codes: string[] = [];
      let release = (): void => undefined;
      const slow = await httpStub((response, body) => {
        codes.push(/\d{6}/.exec((JSON.parse(body) as { text: string }).text)?.[0] ?? '');
        if (codes.length === 1) release = () => void response.end();
        else response.end();
      });
      closers.push(() => slow.close());
      const at = await serverAt(0, { settings: { SMS_URL: slow.url, SMS_TIMEOUT: '20000' }, hosts: [slow.host] });
      const caller = new Line(at.server.address);
      await caller.go('/voice/two-factor?AccountNumber=1003');
      expect(caller.isHeld).toBe(true);
      await at.clock.isAhead(seconds);
      await caller.go(caller.redirect);
      release();
      // Set forwards, the line was held for over a minute: the way out of circles.
      if (seconds > 0) {
        expect(caller.dialled).toBe('+12025550199');
        expect(await at.server.counts(caller)).toMatchObject({ exit: 'error', sends: 1, grants: 0 });
        return;
      }
      expect(caller.heard).toContain('we could not send your code');
      await caller.presses('1');
      await caller.presses(codes[0] ?? '');
      expect(await at.server.counts(caller)).toMatchObject({ exit: null, grants: 0 });
      await caller.presses(codes[1] ?? '');
      expect(await at.server.counts(caller)).toMatchObject({ sends: 2, grants: 1 });
    });
  });

  it('right again, after it was a day ahead: an account that was locked meanwhile opens in half an hour', async () => {
    const at = await serverAt(DAY);
    for (const wrong of [3, 3, 3, 1]) {
      const caller = await asked(at, '1002');
      for (let n = 0; n < wrong; n++) await caller.presses(at.server.wrongCode);
    }
    const sent = at.server.demo.inbox.messages.length;
    for (const ahead of [0, 29 * 60]) {
      await at.clock.isAhead(ahead);
      expect(await at.server.counts(await asked(at, '1002'))).toMatchObject({ exit: 'agent', sends: 0 });
    }
    expect(at.server.demo.inbox.messages).toHaveLength(sent);
    await at.clock.isAhead(31 * 60);
    await getsIn(at, await asked(at, '1002'));
  });

  it('right again, after it was a day ahead: all callers together are sent as many codes as ever', async () => {
    const at = await serverAt(DAY, { settings: { SENDS_PER_HOUR: '2' } });
    for (const account of ['1002', '1003']) await getsIn(at, await asked(at, account));
    await at.clock.isAhead(0);
    expect(await at.server.counts(await asked(at, '1002'))).toMatchObject({ exit: 'agent', sends: 0 });
    await at.clock.isAhead(62 * 60);
    for (const account of ['1002', '1003']) await getsIn(at, await asked(at, account));
    expect(await at.server.counts(await asked(at, '1002'))).toMatchObject({ exit: 'agent', sends: 0 });
  });
});
