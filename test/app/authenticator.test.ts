/** Codes that the caller's own authenticator application shows, over signed HTTP (D8, G3). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { World, type Application } from '../support/world.ts';

const STEP = 30_000;
const OPEN = 'Open Google Authenticator and enter the 6 digits that it shows for us.';

let methods = '';
let stub: StubServer;
let world: World;
let account = '';
let application: Application;

beforeAll(async () => {
  stub = await httpStub((response) => {
    response.end(contactMethods(methods));
  });
  const settings = { CONTACT_METHODS_URL: `${stub.url}methods`, SERVICE_HOSTS: stub.host };
  world = await World.open({ settings });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});

let accounts = 5000;
beforeEach(async () => {
  // A step begins now: none ends while a test goes on.
  world.clock.advance(STEP - (world.clock.now() % STEP));
  accounts += 1;
  account = String(accounts);
  methods = '<method name="authenticator"/>';
  application = await world.enrols(account);
});

async function calls(of = account): Promise<Caller> {
  return world.caller().dials('two-factor', { AccountNumber: of });
}

/** A call that is asked for the code, and what becomes of one. */
async function enters(code: string, of = account) {
  const caller = await calls(of);
  await caller.presses(code);
  return world.counts(caller);
}

describe('authenticator: what the caller hears', () => {
  it('D8 G3 G24 G34 G36: the one method of an account with an enrolled secret: its code lets in, and nothing is sent', async () => {
    const caller = await calls();
    expect(caller.heard).toContain(OPEN);
    await caller.presses(application.code());
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', sends: 1, attempts: 1, grants: 1 });
    expect(world.inbox.messages).toEqual([]);
  });

  it('D8 G3: beside others it is offered by the name of the application', async () => {
    methods = '<method name="email" value="ana@example.test"/><method name="Authenticator" value="ignored"/>';
    const caller = await calls();
    expect(caller.heard).toContain('To use Google Authenticator, press 2.');
    await caller.presses('2');
    await caller.presses(application.code());
    expect((await world.counts(caller)).exit).toBe('success');
  });

  it('D8: an account without one is not offered it, and has no method where there is no other', async () => {
    methods = '<method name="email" value="ana@example.test"/><method name="authenticator"/>';
    expect((await calls('nobody')).heard).toContain('We emailed a code');
    methods = '<method name="authenticator"/>';
    expect((await world.counts(await calls('nobody'))).exit).toBe('agent');
  });

  it('D8: one that was not confirmed, or was revoked, is not offered', async () => {
    const unconfirmed = 'unconfirmed';
    await world.enrols(unconfirmed, { confirmed: false });
    expect((await world.counts(await calls(unconfirmed))).exit).toBe('agent');
    await world.revokes(application);
    expect((await world.counts(await calls())).exit).toBe('agent');
  });

  it('D8: other spellings of the account are the same account', async () => {
    expect(await enters(application.code(), ` ${account}\u00a0`)).toMatchObject({ exit: 'success', grants: 1 });
  });

  it('D8 G62: six digits are asked for and listened for, whatever the setting says for other codes', async () => {
    const digits = 'callflows/two-factor.yaml';
    await world.publishes({ edit: { [digits]: [['    digits: 6\n', '    digits: 8\n']] } });
    try {
      const caller = await calls();
      expect(caller.heard).toContain(OPEN);
      expect(caller.gather.numDigits).toBe(6);
      const code = application.code();
      await caller.presses(code.slice(0, 4));
      expect(caller.gather.numDigits).toBe(2);
      await caller.presses(code.slice(4));
      expect((await world.counts(caller)).exit).toBe('success');
      methods = '<method name="email" value="ana@example.test"/>';
      expect((await calls()).gather.numDigits).toBe(8);
    } finally {
      await world.publishes({ edit: { [digits]: [['    digits: 8\n', '    digits: 6\n']] } });
    }
  });

  it('D8 D3 G51: each pass counts a send, without spacing, and the send that exceeds them leaves', async () => {
    const caller = await calls();
    for (const sends of [2, 3]) {
      await caller.presses('*');
      await caller.presses('2');
      expect(caller.heard).toContain(OPEN);
      expect((await world.counts(caller)).sends).toBe(sends);
    }
    await caller.presses('*');
    await caller.presses('2');
    expect(await world.counts(caller)).toMatchObject({ exit: 'agent', sends: 3, attempts: 0 });
  });
});

describe('authenticator: which codes are right', () => {
  it.each([
    [-2, null],
    [-1, 'success'],
    [0, 'success'],
    [1, 'success'],
    [2, null],
  ])('D8: the code of %i steps away leads to %s', async (steps, exit) => {
    const caller = await calls();
    await caller.presses(application.code(steps));
    expect(await world.counts(caller)).toMatchObject({ exit, attempts: 1, grants: exit === null ? 0 : 1 });
    if (exit === null) expect(caller.heard).toContain('That code did not match. You have 2 tries left.');
  });

  it('D8 G54: three wrong codes end the attempts as they do for other codes', async () => {
    const caller = await calls();
    for (const steps of [5, 6, 7]) await caller.presses(application.code(steps));
    expect(await world.counts(caller)).toMatchObject({ exit: 'agent', sends: 1, attempts: 3, grants: 0 });
  });

  it('D8: each of several applications of an account is right, and none of another account', async () => {
    const other = await world.enrols(account);
    const stranger = await world.enrols('stranger');
    const caller = await calls();
    await caller.presses(stranger.code());
    expect(caller.heard).toContain('That code did not match.');
    await caller.presses(other.code());
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', attempts: 2, grants: 1 });
    expect((await enters(application.code())).exit).toBe('success');
  });

  it('D8: one that is revoked during the call is wrong from then on', async () => {
    const caller = await calls();
    await world.revokes(application);
    await caller.presses(application.code());
    expect(await world.counts(caller)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
  });

  it.each([
    ['full-width digits', '１２３４５６'],
    ['other digits', '١٢٣٤٥٦'],
    ['%00', '12345\0'],
    ['10 kB', '1'.repeat(10_240)],
    ['a digit too many', '1234567'],
  ])('D8: %s never let in and use no attempt', async (_what, digits) => {
    expect(await enters(digits)).toMatchObject({ attempts: 0, grants: 0 });
  });
});

describe('authenticator: a code counts once', () => {
  it('D8: heard by somebody else, it is wrong in another call and the attempt is used', async () => {
    const code = application.code();
    expect((await enters(code)).exit).toBe('success');
    expect(await enters(code)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
  });

  it('D8: it is wrong in the same call as well, where that comes back and is asked again', async () => {
    const file = 'callflows/two-factor.yaml';
    const back = [
      ['success: { returns: success }', 'success: { redirect: "https://other.example.com/ivr" }'],
      ['skip: already-verified', 'skip: never'],
    ] as const;
    await world.publishes({ edit: { [file]: back } });
    try {
      const code = application.code();
      const caller = await calls();
      await caller.presses(code);
      await caller.dials('two-factor', { AccountNumber: account });
      expect(caller.heard).toContain(OPEN);
      await caller.presses(code);
      expect(caller.heard).toContain('That code did not match.');
      expect(await world.counts(caller)).toMatchObject({ entries: 2, sends: 2, attempts: 2, grants: 1 });
    } finally {
      await world.publishes({ edit: { [file]: back.map(([from, to]) => [to, from] as const) } });
    }
  });

  it('D8: a repeat of the webhook that let in is answered as before, and uses nothing up', async () => {
    const caller = await calls();
    const { action } = caller;
    const code = application.code();
    await caller.presses(code);
    expect((await caller.post(action, { Digits: code })).body).toBe(caller.body);
    expect(await world.counts(caller)).toMatchObject({ attempts: 1, grants: 1 });
  });

  it('D8: an earlier code is no good after a later one, and the next one is', async () => {
    expect((await enters(application.code(0))).exit).toBe('success');
    expect(await enters(application.code(-1))).toMatchObject({ exit: null, grants: 0 });
    expect((await enters(application.code(1))).exit).toBe('success');
    expect(await enters(application.code(1))).toMatchObject({ exit: null, grants: 0 });
    world.clock.advance(STEP);
    expect((await enters(application.code(1))).exit).toBe('success');
  });

  it('D8: nine calls with it at the same time: one is let in', async () => {
    const callers = await Promise.all(Array.from({ length: 9 }, () => calls()));
    const code = application.code();
    await Promise.all(callers.map((caller) => caller.presses(code)));
    const counts = await Promise.all(callers.map((caller) => world.counts(caller)));
    expect(counts.reduce((sum, { grants }) => sum + grants, 0)).toBe(1);
    expect(counts.filter(({ exit }) => exit === 'success')).toHaveLength(1);
  });

  it('D8: setting the clock back does not make it good again', async () => {
    world.clock.advance(20 * STEP);
    const code = application.code();
    expect((await enters(code)).exit).toBe('success');
    world.clock.setBack(10 * STEP);
    try {
      const caller = await calls();
      await caller.presses(code);
      await caller.presses(application.code());
      expect(await world.counts(caller)).toMatchObject({ exit: null, attempts: 2, grants: 0 });
    } finally {
      world.clock.advance(10 * STEP);
    }
  });

  it('D8: nor does a restart, after which the next one is as good as before', async () => {
    const code = application.code();
    expect((await enters(code)).exit).toBe('success');
    await world.restarts();
    expect(await enters(code)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
    expect((await enters(application.code(1))).exit).toBe('success');
  });
});

describe('authenticator: the lock of the account', () => {
  it('D8: wrong codes lock it as others do; then a right one is not let in, neither in a call that waits nor in a new one', async () => {
    const [first, second, third, waiting] = await Promise.all([calls(), calls(), calls(), calls()]);
    for (const caller of [first, second, third])
      for (const steps of [5, 6, 7]) await caller.presses(application.code(steps));
    const last = await calls();
    await last.presses(application.code(8));
    await waiting.presses(application.code());
    expect(await world.counts(waiting)).toMatchObject({ exit: 'agent', attempts: 0, grants: 0 });
    expect(await world.counts(await calls())).toMatchObject({ exit: 'agent', sends: 0, grants: 0 });
  });

  it('D8: a right code clears what was wrong before', async () => {
    for (let round = 0; round < 4; round++) {
      const caller = await calls();
      for (const steps of [5, 6]) await caller.presses(application.code(steps));
      await caller.presses(application.code(1));
      expect((await world.counts(caller)).exit).toBe('success');
      world.clock.advance(STEP);
    }
  });
});
