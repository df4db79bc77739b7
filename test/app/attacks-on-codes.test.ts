/** What somebody can do who wants in without the code: to codes made here, their limits and their lock, over signed HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEASE } from '../../src/app/limits.ts';
import type { Caller } from '../support/caller.ts';
import { closedStub } from '../support/stub-server.ts';
import { World, type WorldOptions } from '../support/world.ts';

const AGENT = '+12025550199';
const TWO_FACTOR = 'callflows/two-factor.yaml';
const minute = 60_000;

const worlds: World[] = [];
async function worldWith(options: WorldOptions = {}): Promise<World> {
  const world = await World.open(options);
  worlds.push(world);
  return world;
}
let world: World;
beforeAll(async () => {
  world = await worldWith({ edit: { [TWO_FACTOR]: [['spacing: 20s', 'spacing: 0']] } });
});
afterAll(async () => {
  for (const each of worlds.reverse()) await each.close();
});

let accounts = 700_000;
function freshAccount(): string {
  accounts += 1;
  return `9${accounts}`;
}

async function asked(at: World = world, account = freshAccount()): Promise<Caller> {
  const caller = await at.caller().dials('two-factor', { AccountNumber: account });
  expect(caller.heard).toMatch(/Enter the 6 digits now/);
  return caller;
}

/** As many wrong codes as that, three in each call. */
async function fails(account: string, times: number, at: World = world): Promise<void> {
  for (let left = times; left > 0; left -= 3) {
    const caller = await asked(at, account);
    for (let n = 0; n < Math.min(left, 3); n++) await caller.presses(at.wrongCode);
  }
}

/** A document without what is another one in every call. */
function plain(body: string): string {
  return body.replaceAll(/turn\/[\w-]+/g, 'turn/…');
}

describe('two calls for one account at the same moment', () => {
  it('D15: each code lets in its own call only, also when both are tried at once the wrong way round', async () => {
    const account = freshAccount();
    const one = await asked(world, account);
    const codeOfOne = world.code;
    const other = await asked(world, account);
    const codeOfOther = world.code;
    expect(codeOfOther).not.toBe(codeOfOne);
    await Promise.all([one.presses(codeOfOther), other.presses(codeOfOne)]);
    for (const each of [one, other]) expect(await world.counts(each)).toMatchObject({ attempts: 1, grants: 0 });
    await Promise.all([one.presses(codeOfOne), other.presses(codeOfOther)]);
    for (const each of [one, other]) expect((await world.counts(each)).exit).toBe('success');
  });

  it('two servers on one store: two guesses for one question are one attempt', async () => {
    const guessed = await worldWith();
    const { server, publicUrl } = guessed.address;
    const second = await worldWith({
      settings: { ...guessed.settings, PORT: '0', PUBLIC_URL: publicUrl },
      files: { 'data/none': '' },
    });
    const caller = await asked(guessed);
    const right = guessed.code;
    const { action } = caller;
    const elsewhere = second.caller({ call: caller.call });
    const replies = await Promise.all([
      caller.post(action, { Digits: guessed.wrongCode }),
      elsewhere.post(action, { Digits: right }),
    ]);
    expect(second.address.server).not.toBe(server);
    expect(new Set(replies.map(({ body }) => body)).size).toBe(1);
    expect(await guessed.counts(caller)).toMatchObject({ attempts: 1 });
  });
});

describe('the lock', () => {
  it('lets a right code no further in a call that waits, nor its sender, and sounds the same for right and wrong', async () => {
    const account = freshAccount();
    const waiting: Caller[] = [];
    const codes: string[] = [];
    for (let n = 0; n < 3; n++) {
      waiting.push(await asked(world, account));
      codes.push(world.code);
    }
    await fails(account, 10);
    const [right, wrong, sends] = waiting as [Caller, Caller, Caller];
    const sent = world.codesSent;
    await right.presses(codes[0] ?? '');
    await wrong.presses(world.wrongCode);
    await sends.presses('*');
    await sends.presses('2');
    expect(plain(right.body)).toBe(plain(wrong.body));
    expect([right.dialled, sends.dialled]).toEqual([AGENT, AGENT]);
    expect(world.codesSent).toBe(sent);
    for (const each of waiting) expect(await world.counts(each)).toMatchObject({ attempts: 0, grants: 0 });
  });

  it('outlives a restart, a redial and another caller', async () => {
    const own = await worldWith();
    const account = freshAccount();
    await fails(account, 10, own);
    await own.restarts();
    for (const from of ['+12025550123', '+12025550167', 'anonymous']) {
      const caller = await own.caller({ from }).dials('two-factor', { AccountNumber: account });
      expect(caller.dialled).toBe(AGENT);
      expect(await own.counts(caller)).toMatchObject({ sends: 0 });
    }
  });

  it('sounds like an account that nobody has, byte for byte', async () => {
    const account = freshAccount();
    await fails(account, 10);
    const locked = await world.caller().dials('two-factor', { AccountNumber: account });
    const unknown = await world.caller().dials('two-factor', { AccountNumber: '99999999999' });
    expect(plain(locked.body)).toBe(plain(unknown.body));
  });

  it('neither new codes nor hanging up after two wrong ones start the count again', async () => {
    const account = freshAccount();
    for (let n = 0; n < 5; n++) {
      const caller = await asked(world, account);
      await caller.presses(world.wrongCode);
      await caller.presses('*');
      await caller.presses('2');
      await caller.presses(world.wrongCode);
      await caller.hangsUp();
    }
    const locked = await world.caller().dials('two-factor', { AccountNumber: account });
    expect(locked.dialled).toBe(AGENT);
  });
});

describe('a code whose time is over', () => {
  it('D15: found over by the clock that is never set back, it uses no attempt and is no failure of the account', async () => {
    const own = await worldWith();
    const account = freshAccount();
    await fails(account, 9, own);
    const caller = await asked(own, account);
    own.clock.advance(6 * minute);
    own.clock.setBack(5.5 * minute);
    await caller.presses(own.wrongCode);
    expect(caller.heard).toMatch(/cannot be used any more/);
    expect(await own.counts(caller)).toMatchObject({ attempts: 0, sends: 2 });
    await caller.presses(own.code);
    expect((await own.counts(caller)).exit).toBe('success');
  });

  it('D15: sounds the same for right and wrong', async () => {
    const right = await asked();
    const { code } = world;
    const wrong = await asked();
    world.clock.advance(5 * minute + 1);
    await right.presses(code);
    await wrong.presses(world.wrongCode);
    expect(plain(right.body)).toBe(plain(wrong.body));
    for (const each of [right, wrong]) expect(await world.counts(each)).toMatchObject({ attempts: 0 });
  });
});

describe('codes that are void', () => {
  it('D15: a new one that could not be sent does not bring the one before back', async () => {
    const nobody = await closedStub();
    const own = await worldWith({ edit: { [TWO_FACTOR]: [['spacing: 20s', 'spacing: 0']] } });
    const caller = await asked(own);
    const first = own.code;
    await caller.presses('*');
    await own.restarts({ EMAIL_SMTP_HOST: '127.0.0.1', EMAIL_SMTP_PORT: String(nobody.port) });
    await caller.presses('2');
    expect(caller.heard).toMatch(/could not send/);
    const { action } = caller;
    await caller.post(action, { Digits: first });
    expect(await own.counts(caller)).toMatchObject({ grants: 0, sends: 2 });
  });

  it('what asks for a new code, ten times at the same moment: one is sent, and it is the one that counts', async () => {
    const caller = await asked();
    const first = world.code;
    await caller.presses('*');
    const before = world.codesSent;
    const { action } = caller;
    const replies = await Promise.all(Array.from({ length: 10 }, () => caller.post(action, { Digits: '2' })));
    expect(new Set(replies.map(({ body }) => body)).size).toBe(1);
    expect(world.codesSent - before).toBe(1);
    caller.body = replies[0]?.body ?? '';
    await caller.presses(first);
    expect(caller.heard).toMatch(/did not match/);
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', sends: 2, attempts: 2 });
  });

  it('one of another account in the same call, which a second start has opened, is wrong', async () => {
    const caller = await asked();
    const first = world.code;
    await caller.dials('two-factor', { AccountNumber: freshAccount() });
    await caller.presses(first);
    expect(caller.heard).toMatch(/did not match/);
    expect(await world.counts(caller)).toMatchObject({ attempts: 1, grants: 0 });
  });

  it('with the end of the call in the same request as the right digits: nobody is let in, and no attempt is used', async () => {
    const caller = await asked();
    const { action } = caller;
    for (const CallStatus of ['completed', 'canceled', 'failed'])
      await caller.post(action, { Digits: world.code, CallStatus });
    expect(await world.counts(caller)).toMatchObject({ attempts: 0, grants: 0 });
    await caller.hangsUp();
    await caller.post(action, { Digits: world.code });
    expect(await world.counts(caller)).toMatchObject({ phase: 'ended', attempts: 0, grants: 0 });
  });
});

describe('turns that are sent again with something else in them', () => {
  it('a wrong guess whose process died is judged, and not the right code that a repeat brings', async () => {
    const caller = await asked();
    const { action } = caller;
    const nonce = action.split('/').at(-1) ?? '';
    await world.claims(caller.call, { kind: 'turn', nonce }, { type: 'keys', digits: world.wrongCode });
    world.clock.advance(LEASE + 1);
    await caller.presses(world.code);
    expect(caller.heard).toMatch(/did not match/);
    expect(await world.counts(caller)).toMatchObject({ attempts: 1, grants: 0 });
  });

  it('the question before the last one takes no guess', async () => {
    const caller = await asked();
    const { action } = caller;
    await caller.presses(world.wrongCode);
    const answered = caller.body;
    for (const Digits of [world.code, world.wrongCode, '*'])
      expect((await caller.post(action, { Digits })).body).toBe(answered);
    expect(await world.counts(caller)).toMatchObject({ attempts: 1, grants: 0 });
  });

  it('the question of one call takes no guess of another', async () => {
    const [one, other] = [await asked(), await asked()];
    const answer = await other.post(one.action, { Digits: world.code });
    expect(answer.status).toBe(200);
    for (const each of [one, other]) expect(await world.counts(each)).toMatchObject({ attempts: 0, grants: 0 });
  });

  it.each(['12#456', '######', '123456#', '#123456', '1*#456'])('%s is no attempt', async (Digits) => {
    const caller = await asked();
    await caller.post(caller.action, { Digits });
    expect(await world.counts(caller)).toMatchObject({ attempts: 0, grants: 0 });
  });
});
