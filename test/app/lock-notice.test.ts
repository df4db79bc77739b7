/** What the holder of an account hears of wrong codes: one message when they lock it, by real SMTP and SMS. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InboxMessage } from '../../src/demo/inbox.ts';
import type { Caller } from '../support/caller.ts';
import { closedStub } from '../support/stub-server.ts';
import { World, type WorldOptions } from '../support/world.ts';

const minute = 60_000;

const worlds: World[] = [];
async function worldWith(options: WorldOptions = {}): Promise<World> {
  const opened = await World.open(options);
  worlds.push(opened);
  return opened;
}
let world: World;
beforeAll(async () => {
  world = await worldWith();
});
afterAll(async () => {
  for (const each of worlds) await each.close();
});

let accounts = 800_000;
/** An account with an email address of its own. */
function freshAccount(): string {
  accounts += 1;
  return `9${accounts}`;
}

interface Trying {
  readonly at?: World;
  /** What is pressed when a menu of methods is asked. */
  readonly chooses?: string;
}

/** As many wrong codes as that, three in each call; the last call. */
async function fails(account: string, times: number, { at = world, chooses }: Trying = {}): Promise<Caller> {
  let caller = at.caller();
  for (let left = times; left > 0; left -= 3) {
    caller = await at.caller().dials('two-factor', { AccountNumber: account });
    if (chooses !== undefined) await caller.presses(chooses);
    for (let n = 0; n < Math.min(left, 3); n++) await caller.presses(at.wrongCode);
  }
  return caller;
}

/** What has come without a code, once `least` such messages to `to` are there. */
async function notices(to: string, least = 0, at: World = world): Promise<readonly InboxMessage[]> {
  const read = () => at.inbox.messages.filter((message) => message.to === to && message.code === null);
  await expect.poll(() => read().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(least);
  return read();
}

const mailOf = (account: string): string => `bulk-${account}@example.test`;

describe('the holder of an account that wrong codes have locked', () => {
  it('gets one email, without a code, an account number or a link', async () => {
    const account = freshAccount();
    await fails(account, 9);
    expect(await notices(mailOf(account))).toEqual([]);
    const caller = await fails(account, 1);
    const [notice, ...more] = await notices(mailOf(account), 1);
    expect(more).toEqual([]);
    // The notice is no send of the call.
    expect(await world.counts(caller)).toMatchObject({ sends: 1, attempts: 1, grants: 0 });
    expect(notice).toMatchObject({ method: 'email', code: null, subject: 'Wrong security codes on the telephone' });
    expect(notice?.text).toContain('we accept no codes for 30 minutes. After that, codes work again.');
    expect(notice?.text).toContain('If it was not you, please tell us: call us on a number that you know.');
    expect(notice?.text).not.toMatch(new RegExp(`${account}|https?:|@`));
  });

  it('is told again by the next lock, and of nothing in between', async () => {
    const account = freshAccount();
    await fails(account, 10);
    await fails(freshAccount(), 3);
    world.clock.advance(31 * minute);
    await fails(account, 9);
    expect(await notices(mailOf(account), 1)).toHaveLength(1);
    await fails(account, 1);
    expect(await notices(mailOf(account), 2)).toHaveLength(2);
    const locked = await world.caller().dials('two-factor', { AccountNumber: account });
    expect(locked.dialled).toBe('+12025550199');
    expect(await notices(mailOf(account))).toHaveLength(2);
  });

  it('gets a text message where there is no address', async () => {
    await fails('1003', 10);
    const [notice, ...more] = await notices('12025550143', 1);
    expect(more).toEqual([]);
    expect(notice?.text).toBe(
      'Wrong codes were entered for you by phone several times. We accept none for 30 minutes. Not you? Call us on a number you know. Never tell anybody a code.',
    );
  });

  it('gets an email, whichever method the codes came by', async () => {
    await fails('1001', 10, { chooses: '2' });
    expect(await notices('ana@example.test', 1)).toHaveLength(1);
    expect(await notices('12025550121')).toEqual([]);
  });

  it('is told of wrong codes of the authenticator', async () => {
    await fails('1005', 10, { chooses: '2' });
    expect(await notices('eve@example.test', 1)).toHaveLength(1);
  });
});

describe('a notice goes out once for each lock', () => {
  it('however often and in parallel the webhook of the tenth wrong code comes', async () => {
    const account = freshAccount();
    await fails(account, 9);
    const caller = await world.caller().dials('two-factor', { AccountNumber: account });
    const { action } = caller;
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => caller.post(action, { Digits: world.wrongCode })),
    );
    expect(new Set(replies.map(({ body }) => body)).size).toBe(1);
    expect(await notices(mailOf(account), 1)).toHaveLength(1);
  });

  it('and a server that is stopped sends it first', async () => {
    const own = await worldWith();
    const account = freshAccount();
    await fails(account, 10, { at: own });
    await own.restarts();
    expect(own.inbox.messages.filter(({ code }) => code === null)).toHaveLength(1);
  });
});

describe('what somebody who guesses can do about the notice', () => {
  let own: World;
  beforeAll(async () => {
    own = await worldWith({
      settings: { SENDS_PER_DESTINATION: '4/24h', SENDS_PER_ACCOUNT: '4/24h', SENDS_PER_PREFIX: '4/1h' },
    });
  });

  it('is not to use up the budgets of the account or the address first', async () => {
    const account = freshAccount();
    await fails(account, 10, { at: own });
    expect(await notices(mailOf(account), 1, own)).toHaveLength(1);
  });

  it('nor those of the numbers next to it, which codes to a neighbour use up', async () => {
    await fails('1003', 10, { at: own });
    expect((await own.caller().dials('two-factor', { AccountNumber: '1003' })).dialled).toBe('+12025550199');
    expect(await notices('12025550143', 1, own)).toHaveLength(1);
  });

  it('is not to send more than all together may cost', async () => {
    const few = await worldWith({ settings: { SENDS_PER_HOUR: '4' } });
    await fails('1003', 10, { at: few });
    await expect.poll(() => few.log).toContain('the notice of a lock was refused: its budget is used up');
    expect(await notices('12025550143', 0, few)).toEqual([]);
  });
});

describe('a notice that cannot go out', () => {
  it('holds up nobody and says so in the log, without the address', async () => {
    const own = await worldWith();
    const account = freshAccount();
    await fails(account, 9, { at: own });
    const caller = await own.caller().dials('two-factor', { AccountNumber: account });
    const closed = await closedStub();
    await own.restarts({ EMAIL_SMTP_HOST: '127.0.0.1', EMAIL_SMTP_PORT: String(closed.port) });
    await caller.presses(own.wrongCode);
    expect(caller.dialled).toBe('+12025550199');
    await expect.poll(() => own.log).toContain('the notice of a lock could not be sent');
    expect(own.log).toContain('"outcome":"unreachable"');
  });
});

describe('the words of the notice', () => {
  it('are in the language of the call', async () => {
    const own = await worldWith({ settings: { DEFAULT_LOCALE: 'es-ES' } });
    const account = freshAccount();
    await fails(account, 10, { at: own });
    await fails('1003', 10, { at: own });
    const [email] = await notices(mailOf(account), 1, own);
    expect(email?.subject).toBe('Códigos de seguridad incorrectos por teléfono');
    expect(email?.text).toContain('no aceptamos códigos durante 30 minutos');
    const [text] = await notices('12025550143', 1, own);
    expect(text?.text).toContain('Durante 30 minutos no valen.');
  });

  it("are the designer's, where the callflow has its own", async () => {
    const own = await worldWith({
      edit: {
        'prompts/en-US/two-factor.yaml': [
          [
            'messages:\n',
            'messages:\n  locked-email-subject: "Please call us"\n  locked-email: "Shut for {minutes} minutes."\n',
          ],
        ],
      },
    });
    const account = freshAccount();
    await fails(account, 10, { at: own });
    const [notice] = await notices(mailOf(account), 1, own);
    expect(notice).toMatchObject({ subject: 'Please call us', text: expect.stringContaining('Shut for 30 minutes.') });
  });
});
