/** What counts: the rows of the counting table of docs/protocol.md, over signed HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gather } from '../../src/core/call/verbs.ts';
import type { Caller } from '../support/caller.ts';
import { closedStub, httpStub, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

const AGENT = '+12025550199';
const TWO_FACTOR = 'callflows/two-factor.yaml';
const minute = 60_000;

const worlds: World[] = [];
async function worldWith(edits: readonly (readonly [string, string])[] = []): Promise<World> {
  const world = await World.open({ edit: { [TWO_FACTOR]: edits } });
  worlds.push(world);
  return world;
}
let shipped: World;
let noSpacing: World;
let newCode: World;
beforeAll(async () => {
  [shipped, noSpacing, newCode] = await Promise.all([
    worldWith(),
    worldWith([['spacing: 20s', 'spacing: 0']]),
    worldWith([
      ['spacing: 20s', 'spacing: 0'],
      ['after-wrong-code: ask-again', 'after-wrong-code: new-code'],
    ]),
  ]);
});
afterAll(async () => {
  for (const world of worlds) await world.close();
});

let accounts = 100_000;
/** An account of its own for every test, with an email address only. */
function freshAccount(): string {
  accounts += 1;
  return `9${accounts}`;
}

/** A call that has been asked for its code. */
async function asked(world: World, account = freshAccount()): Promise<Caller> {
  const caller = await world.caller().dials('two-factor', { AccountNumber: account });
  expect(caller.heard).toMatch(/Enter the 6 digits now/);
  return caller;
}

/** Star, then the option for a new code (2). */
async function asksForNewCode(caller: Caller): Promise<void> {
  await caller.presses('*');
  expect(caller.heard).toMatch(/To get a new code, press 2/);
  await caller.presses('2');
}

describe('attempts per code', () => {
  it('G53 G54 D1: the wrong attempt that reaches the limit leaves at once, by the attempts path', async () => {
    const caller = await asked(shipped);
    await caller.presses(shipped.wrongCode);
    expect(caller.heard).toMatch(/You have 2 tries left/);
    await caller.presses(shipped.wrongCode);
    expect(caller.heard).toMatch(/You have 1 try left/);
    await caller.presses(shipped.wrongCode);
    expect(caller.dialled).toBe(AGENT);
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'agent', sends: 1, attempts: 3, grants: 0 });
  });

  it('G53: start again with each code: A wrong, star, new code B, three wrong', async () => {
    const caller = await asked(noSpacing);
    await caller.presses(noSpacing.wrongCode);
    await asksForNewCode(caller);
    expect(caller.heard).toMatch(/Use the newest one/);
    await caller.presses(noSpacing.wrongCode);
    expect(caller.heard).toMatch(/You have 2 tries left/);
    await caller.presses(noSpacing.wrongCode);
    await caller.presses(noSpacing.wrongCode);
    expect(await noSpacing.counts(caller)).toMatchObject({ exit: 'agent', sends: 2, attempts: 4 });
  });

  it('an older code is dead once a newer one was sent (D15)', async () => {
    const caller = await asked(noSpacing);
    const old = noSpacing.code;
    await asksForNewCode(caller);
    await caller.presses(old === noSpacing.code ? noSpacing.wrongCode : old);
    expect(caller.heard).toMatch(/did not match/);
    await caller.presses(noSpacing.code);
    expect(await noSpacing.counts(caller)).toMatchObject({ exit: 'success', grants: 1 });
  });

  it('a code of another call is wrong in this one', async () => {
    const account = freshAccount();
    const first = await asked(shipped, account);
    const theirs = shipped.code;
    const second = await asked(shipped, account);
    await second.presses(theirs === shipped.code ? shipped.wrongCode : theirs);
    expect(second.heard).toMatch(/did not match/);
    await first.presses(theirs);
    expect(await shipped.counts(first)).toMatchObject({ exit: 'success' });
  });

  it('a right code succeeds once, under ten requests at the same moment', async () => {
    const caller = await asked(shipped);
    const { action } = caller;
    const code = shipped.code;
    const replies = await Promise.all(Array.from({ length: 10 }, () => caller.post(action, { Digits: code })));
    expect(new Set(replies.map(({ body }) => body)).size).toBe(1);
    expect(await shipped.counts(caller)).toMatchObject({ attempts: 1, grants: 1 });
  });
});

describe('sends', () => {
  it('G51 G52: asking again and again leaves by the send path after three sends, and attempts are not touched', async () => {
    const caller = await asked(noSpacing);
    const before = noSpacing.inbox.messages.length;
    await asksForNewCode(caller);
    await asksForNewCode(caller);
    await asksForNewCode(caller);
    expect(caller.dialled).toBe(AGENT);
    expect(noSpacing.inbox.messages.length - before).toBe(2);
    expect(await noSpacing.counts(caller)).toMatchObject({ exit: 'agent', sends: 3, attempts: 0 });
  });

  it('count over all entries of a call', async () => {
    const [one, two] = [freshAccount(), freshAccount()];
    const caller = await asked(noSpacing, one);
    await asksForNewCode(caller);
    await asksForNewCode(caller);
    await caller.dials('two-factor', { AccountNumber: two });
    expect(caller.dialled).toBe(AGENT);
    expect(await noSpacing.counts(caller)).toMatchObject({ entries: 2, sends: 3 });
  });

  it('`most: 0` means none, never the default', async () => {
    const world = await worldWith([['sends:             { most: 3', 'sends:             { most: 0']]);
    const caller = await world.caller().dials('two-factor', { AccountNumber: freshAccount() });
    expect(caller.dialled).toBe(AGENT);
    expect(world.inbox.messages).toHaveLength(0);
  });
});

describe('spacing', () => {
  it('a new code asked for within 20 s of an untried one is not sent: it is on its way', async () => {
    const caller = await asked(shipped);
    const code = shipped.code;
    await asksForNewCode(caller);
    expect(caller.heard).toMatch(/on its way/);
    expect(await shipped.counts(caller)).toMatchObject({ sends: 1 });
    await caller.presses(code);
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'success' });
  });

  it('L29: after 20 s, or once the code was tried, a new one is sent', async () => {
    const later = await asked(shipped);
    shipped.clock.advance(21_000);
    await asksForNewCode(later);
    expect(await shipped.counts(later)).toMatchObject({ sends: 2 });
    const tried = await asked(shipped);
    await tried.presses(shipped.wrongCode);
    await asksForNewCode(tried);
    expect(await shipped.counts(tried)).toMatchObject({ sends: 2 });
  });
});

describe('after-wrong-code: new-code (D1)', () => {
  it('G13: each wrong code sends a new one until the send limit', async () => {
    const caller = await asked(newCode);
    for (const sends of [2, 3]) {
      await caller.presses(newCode.wrongCode);
      expect(caller.heard).toMatch(/We are sending you a new one/);
      expect(await newCode.counts(caller)).toMatchObject({ sends });
    }
    await caller.presses(newCode.wrongCode);
    expect(caller.heard).not.toMatch(/new one/);
    expect(caller.dialled).toBe(AGENT);
    expect(await newCode.counts(caller)).toMatchObject({ exit: 'agent', sends: 3, attempts: 3 });
  });

  it('G12: the newest code lets the caller in', async () => {
    const caller = await asked(newCode);
    await caller.presses(newCode.wrongCode);
    await caller.presses(newCode.code);
    expect(await newCode.counts(caller)).toMatchObject({ exit: 'success', sends: 2, attempts: 2 });
  });
});

describe('lifetime', () => {
  it('G65 D1: an expired code leads to a new send and uses no attempt', async () => {
    const caller = await asked(shipped);
    const old = shipped.code;
    shipped.clock.advance(5 * minute + 1);
    await caller.presses(old);
    expect(caller.heard).toMatch(/cannot be used any more\. We are sending you a new one/);
    expect(await shipped.counts(caller)).toMatchObject({ sends: 2, attempts: 0 });
    await caller.presses(shipped.code);
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'success' });
  });

  it('G13: each expired code sends a new one until the send limit', async () => {
    const caller = await asked(shipped);
    for (const sends of [2, 3]) {
      shipped.clock.advance(5 * minute + 1);
      await caller.presses(shipped.code);
      expect(caller.heard).toMatch(/We are sending you a new one/);
      expect(await shipped.counts(caller)).toMatchObject({ sends });
    }
    shipped.clock.advance(5 * minute + 1);
    await caller.presses(shipped.code);
    expect(caller.heard).not.toMatch(/new one/);
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'agent', sends: 3, attempts: 0 });
  });

  it('a wall clock that is set back does not make a code live longer', async () => {
    const world = await worldWith();
    const caller = await asked(world);
    const old = world.code;
    world.clock.advance(6 * minute);
    world.clock.setBack(5.5 * minute);
    await caller.presses(old);
    expect(caller.heard).toMatch(/cannot be used any more/);
    expect(await world.counts(caller)).toMatchObject({ grants: 0 });
  });

  it('G12: a right code within its lifetime lets the caller in', async () => {
    const caller = await asked(shipped);
    const { code } = shipped;
    shipped.clock.advance(4 * minute);
    await caller.presses(code);
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'success' });
  });
});

describe('budgets', () => {
  const oneText = (stub: StubServer) => ({
    settings: {
      SMS_URL: stub.url,
      SMS_REQUEST_BODY: '{{text}}',
      SERVICE_HOSTS: stub.host,
      SENDS_PER_DESTINATION: '1/10m',
    },
  });

  it('a gateway that took the connection and failed has used the budget of the number', async () => {
    const stub = await httpStub((response) => response.writeHead(500).end());
    const world = await World.open(oneText(stub));
    worlds.push(world);
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1003' });
    expect(caller.heard).toMatch(/could not send your code/);
    await caller.presses('1');
    expect(caller.dialled).toBe(AGENT);
    expect(await world.counts(caller)).toMatchObject({ sends: 1 });
    await stub.close();
  });

  it('a connection that was never accepted gives the budget back, but not the send of the call', async () => {
    const stub = await closedStub();
    const world = await World.open(oneText(stub));
    worlds.push(world);
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1003' });
    await caller.presses('1');
    expect(caller.heard).toMatch(/could not send your code/);
    expect(await world.counts(caller)).toMatchObject({ sends: 2 });
    await stub.close();
  });
});

describe('wrong keys', () => {
  it('no-matches in a row in one block: the third leaves; the other limits are not touched', async () => {
    const caller = await shipped.caller().dials('two-factor', { AccountNumber: '1001' });
    await caller.presses('7');
    expect(caller.heard).toMatch(/^That key is not one of the choices\. How would you like/);
    await caller.presses('8');
    await caller.presses('9');
    expect(caller.dialled).toBe(AGENT);
    expect(await shipped.counts(caller)).toMatchObject({ sends: 0, attempts: 0 });
  });

  it('a wrong length is asked again', async () => {
    const caller = await shipped.caller().dials('main');
    for (const short of ['1', '12']) {
      await caller.presses(short);
      expect(caller.heard).toMatch(/not the right number of digits/);
    }
    await caller.presses('123');
    expect(caller.dialled).toBe(AGENT);
  });

  it('start again with a valid input', async () => {
    const caller = await shipped.caller().dials('two-factor', { AccountNumber: '1001' });
    await caller.presses('7');
    await caller.presses('7');
    await caller.presses('*');
    await caller.presses('7');
    await caller.presses('7');
    expect(caller.dialled).toBeNull();
  });
});

describe('silences', () => {
  it('no-inputs in a row in one block: the third leaves; nothing else is counted', async () => {
    const caller = await asked(shipped);
    await caller.isSilent();
    expect(caller.heard).toMatch(/^I did not hear any keys\./);
    await caller.isSilent();
    expect(caller.heard).toMatch(/The code is in the message/);
    await caller.isSilent();
    expect(caller.dialled).toBe(AGENT);
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'agent', sends: 1, attempts: 0 });
  });

  it('worked example: code A, silence twice, right: success', async () => {
    const caller = await asked(shipped);
    await caller.isSilent();
    await caller.isSilent();
    await caller.presses(shipped.code);
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'success', attempts: 1 });
  });

  it('start again with any key', async () => {
    const caller = await shipped.caller().dials('two-factor', { AccountNumber: '1001' });
    await caller.isSilent();
    await caller.isSilent();
    await caller.presses('7');
    await caller.isSilent();
    await caller.isSilent();
    expect(caller.dialled).toBeNull();
  });
});

describe('account failures', () => {
  it('over calls: the tenth wrong attempt locks for 30 minutes, whatever number calls; a lock looks like any other end', async () => {
    const account = freshAccount();
    for (let call = 0; call < 3; call++) {
      const caller = await shipped
        .caller({ from: `+1202555013${call}` })
        .dials('two-factor', { AccountNumber: account });
      for (let wrong = 0; wrong < 3; wrong++) await caller.presses(shipped.wrongCode);
    }
    const tenth = await asked(shipped, account);
    await tenth.presses(shipped.wrongCode);
    expect(tenth.dialled).toBe(AGENT);
    expect(await shipped.counts(tenth)).toMatchObject({ attempts: 1 });
    const locked = await shipped.caller().dials('two-factor', { AccountNumber: account });
    expect(locked.dialled).toBe(AGENT);
    expect(await shipped.counts(locked)).toMatchObject({ sends: 0 });
    await asked(shipped);
    shipped.clock.advance(31 * minute);
    const open = await asked(shipped, account);
    await open.presses(shipped.code);
    expect(await shipped.counts(open)).toMatchObject({ exit: 'success' });
  });

  it('start again with a success', async () => {
    const account = freshAccount();
    for (let call = 0; call < 6; call++) {
      const caller = await asked(shipped, account);
      await caller.presses(shipped.wrongCode);
      await caller.presses(shipped.wrongCode);
      await caller.presses(shipped.code);
      expect(await shipped.counts(caller)).toMatchObject({ exit: 'success' });
    }
  });
});

describe('the grant', () => {
  it('G56 D11: a verified caller who comes back to the module is not asked again', async () => {
    const caller = await shipped.caller().dials('main');
    await caller.presses('1002');
    await caller.presses(shipped.code);
    const { sends } = await shipped.counts(caller);
    await caller.presses('1');
    expect(caller.heard).toMatch(/^Your balance is \$52\.05/);
    expect(await shipped.counts(caller)).toMatchObject({ sends, grants: 1 });
    await caller.isSilent();
    await caller.isSilent();
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'success' });
  });

  it('D11: skip counts only for the same account', async () => {
    const [one, two] = [freshAccount(), freshAccount()];
    const caller = await asked(noSpacing, one);
    await caller.presses('*');
    await caller.dials('two-factor', { AccountNumber: two });
    expect(caller.heard).toMatch(/Enter the 6 digits/);
    await caller.presses(noSpacing.code);
    expect(await noSpacing.counts(caller)).toMatchObject({ exit: 'success', grants: 1 });
  });

  it('D11: and never across calls', async () => {
    const account = freshAccount();
    const first = await asked(shipped, account);
    await first.presses(shipped.code);
    const second = await asked(shipped, account);
    expect(await shipped.counts(second)).toMatchObject({ grants: 0 });
  });

  it('`skip: never` asks again', async () => {
    const world = await worldWith([['skip: already-verified', 'skip: never']]);
    const caller = await world.caller().dials('main');
    await caller.presses('1002');
    await caller.presses(world.code);
    await caller.presses('1');
    expect(caller.heard).toMatch(/Enter the 6 digits now/);
  });
});

describe('waits and slices', () => {
  const gathers = (caller: Caller): readonly Gather[] => caller.verbs.filter((verb) => verb.verb === 'gather');

  it('a wait over 5 s is slices of 5 s in one document: one action, the prompts in the first, the Redirect last', async () => {
    const caller = await shipped.caller().dials('main');
    const slices = gathers(caller);
    expect(slices.map(({ timeout }) => timeout)).toEqual([5, 5]);
    expect(new Set(slices.map(({ action }) => action)).size).toBe(1);
    expect(slices.map(({ spoken }) => spoken.length > 0)).toEqual([true, false]);
    expect(caller.verbs.at(-1)).toMatchObject({ verb: 'redirect' });
  });

  it('more time: 45 s', async () => {
    const caller = await asked(shipped);
    await caller.presses('*');
    await caller.presses('1');
    await caller.isSilent();
    expect(gathers(caller)).toHaveLength(9);
  });

  it('a leftover # after an entry that ended by its number of keys counts nothing; the same prompts come again, sliced', async () => {
    const caller = await shipped.caller().dials('two-factor', { AccountNumber: '1001' });
    await caller.presses('1');
    const first = caller.heard;
    expect(gathers(caller)).toHaveLength(1);
    await caller.isSilent();
    expect(caller.heard).toBe(first);
    expect(gathers(caller)).toHaveLength(2);
    for (const again of [1, 2]) {
      await caller.isSilent();
      expect(caller.dialled, `silence ${again}`).toBeNull();
    }
    await caller.isSilent();
    expect(caller.dialled).toBe(AGENT);
  });
});

describe('fewer keys than a fixed length', () => {
  it('are kept; the rest is listened for in silence', async () => {
    const caller = await asked(shipped);
    const { code } = shipped;
    await caller.presses(code.slice(0, 2));
    expect(caller.heard).toBe('');
    expect(caller.gather.numDigits).toBe(4);
    await caller.presses(code.slice(2, 5));
    expect(caller.gather.numDigits).toBe(1);
    await caller.presses(code.slice(5));
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'success', attempts: 1 });
  });

  it('silence there makes it one wrong key, and no attempt', async () => {
    const caller = await asked(shipped);
    await caller.presses('12');
    await caller.isSilent();
    expect(caller.heard).toMatch(/not the right number of digits/);
    await caller.presses(shipped.code);
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'success', attempts: 1 });
  });
});

describe('fewer keys, ended by hash', () => {
  it('where the platform says so (FinishedOnKey): a wrong length at once, and no attempt (D10)', async () => {
    const caller = await asked(shipped);
    await caller.go(caller.action, { Digits: '123', FinishedOnKey: '#' });
    expect(caller.heard).toMatch(/not the right number of digits/);
    await caller.presses(shipped.code);
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'success', attempts: 1 });
  });
});

describe('more keys than any code has', () => {
  it('L44: are told to be too many, and use no attempt', async () => {
    const caller = await asked(shipped);
    await caller.presses('12345678901');
    expect(caller.heard).toMatch(/^That was not the right number of digits\. Enter the 6 digits of your code\./);
    await caller.presses(shipped.code);
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'success', attempts: 1 });
  });
});

describe('star while typing', () => {
  it.each(['*', '12*', '12345*'])('%s is the star path, never an attempt', async (keys) => {
    const caller = await asked(shipped);
    await caller.presses(keys);
    expect(caller.heard).toMatch(/^You have more options\. To get more time, press 1/);
    expect(await shipped.counts(caller)).toMatchObject({ attempts: 0 });
  });

  it('"another way" is not offered when there is one method, and its key is unknown', async () => {
    const caller = await asked(shipped);
    await caller.presses('*');
    expect(caller.heard).not.toMatch(/another way/);
    await caller.presses('3');
    expect(caller.heard).toMatch(/not one of the choices/);
  });
});

describe('who may be called and how', () => {
  it.each([
    ['G6: two methods, both offered', '1001', /To|For an email .* press 1\. For a text message .* press 2\./],
    ['G7: email only, no question', '1002', /We emailed a code/],
    ['G7: text message only, no question', '1003', /by text message to the number ending in 4 3/],
    ['G3 D8: email and an authenticator, both offered', '1005', /For an email .* press 1\. To use .* press 2\./],
  ])('%s', async (_what, account, heard) => {
    const caller = await shipped.caller().dials('two-factor', { AccountNumber: account });
    expect(caller.heard).toMatch(heard);
  });

  it('G35 G50 D6: no contact method and an unknown account sound the same', async () => {
    const none = await shipped.caller().dials('two-factor', { AccountNumber: '1004' });
    const unknown = await shipped.caller().dials('two-factor', { AccountNumber: '4711471147' });
    expect(none.dialled).toBe(AGENT);
    expect(unknown.heard).toBe(none.heard);
    expect(unknown.dialled).toBe(AGENT);
  });
});
