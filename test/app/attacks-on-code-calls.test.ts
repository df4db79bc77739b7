/** What somebody can do to a call that tells a code, and by it to the call that waits for the code, over signed HTTP. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Caller } from '../support/caller.ts';
import { codeCallWorld, codesIn, PersonCalled, VERIFIED, type CodeCallWorld } from '../support/code-calls.ts';

const GOODBYE = /^Thank you\. Goodbye\.$/;
const minute = 60_000;

let of: CodeCallWorld;
let account = 8000;
beforeAll(async () => {
  of = await codeCallWorld();
});
afterAll(() => of.close());
beforeEach(() => {
  account += 1;
});

async function asked(): Promise<{ readonly caller: Caller; readonly person: PersonCalled }> {
  const caller = await of.world.caller().dials('two-factor', { AccountNumber: String(account) });
  expect(caller.heard).toContain('We are calling the number ending in 5 6');
  return { caller, person: new PersonCalled(of) };
}

/** What a request hears, codes that it may not tell included. */
async function told(person: PersonCalled, parameters: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { status, body } = await person.phone.post(person.phone.action, parameters);
  expect(status).toBe(200);
  return codesIn(body);
}

describe('the key that tells the code', () => {
  it.each([
    ['twice', (key: string) => key + key],
    ['among all others', () => '1234567890'],
    ['before hash', (key: string) => `${key}#`],
    ['full-width', (key: string) => String.fromCodePoint(0xff10 + Number(key))],
    ['with a NUL', (key: string) => `${key}\0`],
    ['with a blank', (key: string) => ` ${key}`],
  ])('%s is not that key', async (_how, written) => {
    const { caller, person } = await asked();
    await person.answers();
    expect(await told(person, { Digits: written(person.key) })).toEqual([]);
    expect(await of.world.counts(caller)).toMatchObject({ attempts: 0, grants: 0 });
  });

  it('is not heard from a machine, also when it presses it', async () => {
    const { person } = await asked();
    await person.answers();
    const Digits = person.key;
    expect(await told(person, { Digits, AnsweredBy: 'machine_start' })).toEqual([]);
    expect(await told(person, { Digits })).toEqual([]);
  });

  it('is not guessed by whoever presses all nine: three wrong ones end the call', async () => {
    const { person } = await asked();
    await person.answers();
    for (let n = 0; n < 3; n++) await person.presses(person.otherKey);
    expect(person.heard).toMatch(GOODBYE);
    expect(person.phone.hasEnded).toBe(true);
  });

  it('opens no other call that tells a code', async () => {
    const first = await asked();
    await first.person.answers();
    account += 1;
    const second = await asked();
    await second.person.answers();
    const { key } = first.person;
    const stranger = second.person.phone.action;
    const { body } = await first.person.phone.post(stranger, { Digits: key === second.person.key ? '0' : key });
    expect(codesIn(body)).toEqual([]);
  });
});

describe('at the same moment', () => {
  it('the key, a wrong key, silence and a machine at one question: one of them is answered, and at most one code is told', async () => {
    const { caller, person } = await asked();
    await person.answers();
    const { action, redirect } = person.phone;
    const { key, otherKey } = person;
    const answers = await Promise.all([
      person.phone.post(action, { Digits: otherKey }),
      person.phone.post(action, { Digits: key }),
      person.phone.post(redirect),
      person.phone.post(action, { AnsweredBy: 'machine_start' }),
      person.phone.post(action, { Digits: key }),
    ]);
    expect(answers.filter(({ body }) => codesIn(body).length > 0).length).toBeLessThanOrEqual(1);
    expect(await of.world.counts(caller)).toMatchObject({ grants: 0, attempts: 0 });
  });

  it('the key and the caller’s guesses: a guess is compared with one code, and each counts', async () => {
    const { caller, person } = await asked();
    await person.answers();
    const { action } = caller;
    const press = person.presses(person.key);
    await Promise.all([press, caller.post(action, { Digits: '000000' })]);
    expect(await of.world.counts(caller)).toMatchObject({ attempts: 1, grants: 0 });
    const { body } = await caller.post(action, { Digits: person.code });
    caller.body = body;
    await caller.presses(person.code);
    expect(await of.world.counts(caller)).toMatchObject({ exit: 'success', attempts: 2 });
  });

  it('the key and the end of the caller’s call: what is told then is good for nothing', async () => {
    const { caller, person } = await asked();
    await person.answers();
    const press = person.presses(person.key);
    await Promise.all([press, caller.hangsUp()]);
    const code = codesIn(person.phone.body)[0] ?? '000000';
    await caller.post(caller.action, { Digits: code });
    expect(await of.world.counts(caller)).toMatchObject({ phase: 'ended', attempts: 0, grants: 0 });
  });
});

describe('no code', () => {
  it('once the account is locked by wrong codes in other calls', async () => {
    const { person } = await asked();
    await person.answers();
    const { key } = person;
    for (let left = 10; left > 0; left -= 3) {
      const { caller } = await asked();
      for (let n = 0; n < Math.min(left, 3); n++) await caller.presses('000000');
    }
    await person.presses(key);
    expect(codesIn(person.phone.body)).toEqual([]);
    expect(person.heard).toMatch(GOODBYE);
  });

  it('once another account was identified in the caller’s call', async () => {
    const { caller, person } = await asked();
    await person.answers();
    const { key } = person;
    account += 1;
    of.listed = '<method name="email" value="ana@example.test"/>';
    await caller.dials('two-factor', { AccountNumber: String(account) });
    of.listed = `<method name="voice" value="${VERIFIED}"/>`;
    await person.presses(key);
    expect(codesIn(person.phone.body)).toEqual([]);
  });

  it('D15: that works, after the wall clock was set back behind its end', async () => {
    const own = await codeCallWorld();
    try {
      const caller = await own.world.caller().dials('two-factor', { AccountNumber: '1' });
      const person = new PersonCalled(own);
      await person.answers();
      own.world.clock.advance(6 * minute);
      own.world.clock.setBack(5.5 * minute);
      await person.presses(person.key);
      await caller.presses(codesIn(person.phone.body)[0] ?? '000000');
      expect(await own.world.counts(caller)).toMatchObject({ grants: 0, attempts: 0 });
    } finally {
      await own.close();
    }
  });
});

describe('a code that was told', () => {
  it('D15: lets nobody in who calls about the same account at the same time', async () => {
    const { caller, person } = await asked();
    const code = await person.listens();
    const eavesdropper = (await asked()).caller;
    await eavesdropper.presses(code);
    expect(await of.world.counts(eavesdropper)).toMatchObject({ attempts: 1, grants: 0 });
    await caller.presses(code);
    expect((await of.world.counts(caller)).exit).toBe('success');
  });

  it('is not told again at any step, whatever call asks for it', async () => {
    const { person } = await asked();
    await person.answers();
    await person.presses(person.key);
    const stranger = new Caller(of.world.address, { from: '+12025550123', to: '+12025550124' });
    for (let step = 0; step < 12; step++) {
      const { status, body } = await stranger.post(`${person.url}/${step}`, { Digits: person.key });
      expect(status).toBe(200);
      expect(codesIn(body)).not.toContain(person.code);
    }
  });
});

describe('addresses of one kind under another', () => {
  it('the token of a code call is no turn, and a turn is no token', async () => {
    const { caller, person } = await asked();
    const token = person.url.split('/').at(-1) ?? '';
    const nonce = caller.action.split('/').at(-1) ?? '';
    const before = await of.world.counts(caller);
    const answers = await Promise.all([
      caller.post(`/voice/turn/${token}`, { Digits: '000000' }),
      person.phone.post(`/delivery/voice/${nonce}`, { CallStatus: 'no-answer' }),
      person.phone.post(`/delivery/voice/${nonce}/1`, { Digits: '1' }),
      person.phone.post(`/delivery/sms/${token}`, { MessageStatus: 'failed' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 204, 200, 204]);
    expect(await of.world.counts(caller)).toEqual(before);
  });

  it('the CallSid of the call that tells the code cannot end the caller’s, nor can its report', async () => {
    const { caller, person } = await asked();
    await person.listens();
    await person.phone.post('/voice/status', { CallStatus: 'completed' });
    expect((await person.ends()).status).toBe(204);
    await caller.presses(person.code);
    expect((await of.world.counts(caller)).exit).toBe('success');
  });
});
