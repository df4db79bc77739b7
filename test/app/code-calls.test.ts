/** Codes told by telephone call: docs/protocol.md, "Calls that tell codes", over HTTP as Twilio leads them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { CALLING, codeCallWorld, codesIn, PersonCalled, VERIFIED, type CodeCallWorld } from '../support/code-calls.ts';

const NOT_SENT = 'Sorry, we could not send your code.';
const AGENT = '+12025550199';

let of: CodeCallWorld;
let account = 6000;
beforeAll(async () => {
  of = await codeCallWorld();
});
afterAll(() => of.close());
beforeEach(() => {
  account += 1;
  of.listed = `<method name="voice" value="${VERIFIED}"/>`;
  of.twilio.refusesCalls(false);
});

function calls(from?: string): Promise<Caller> {
  return of.world.caller(from === undefined ? {} : { from }).dials('two-factor', { AccountNumber: String(account) });
}

/** A caller who waits for the code, and the person who is called. */
async function asked(): Promise<{ readonly caller: Caller; readonly person: PersonCalled }> {
  const caller = await calls();
  expect(caller.heard).toContain('We are calling the number ending in 5 6 to tell you a code.');
  return { caller, person: new PersonCalled(of) };
}

describe('a code by telephone call', () => {
  it('L1: the call is asked for at Twilio, without a code in it', async () => {
    await asked();
    const url = expect.stringMatching(/\/delivery\/voice\/[\w-]{22}$/);
    expect(of.twilio.calls.at(-1)).toEqual({
      To: VERIFIED,
      From: CALLING,
      Url: url,
      Method: 'POST',
      StatusCallback: of.twilio.calls.at(-1)?.['Url'],
      StatusCallbackMethod: 'POST',
      StatusCallbackEvent: 'completed',
      Timeout: '20',
    });
  });

  it('L1: who is called presses the key, hears the code twice, and it lets the caller in', async () => {
    const { caller, person } = await asked();
    await person.answers();
    expect(person.heard).toMatch(/^Hello\. This is the security call that you asked for .* press \d\./);
    expect(codesIn(person.phone.body)).toEqual([]);
    await person.presses(person.key);
    expect(person.heard).toMatch(/^Your code is (\d(?: \d){5})\. Your code is \1\. Now enter your code/);
    await caller.presses(person.code);
    expect(await of.world.counts(caller)).toMatchObject({ exit: 'success', sends: 1, attempts: 1, grants: 1 });
  });

  it('the code is slow, and digit by digit; no key cuts it short', async () => {
    const { person } = await asked();
    await person.listens();
    expect(person.phone.body).toMatch(
      /^.*<Say[^>]*>Your code is <prosody rate="slow"><say-as interpret-as="digits">\d{6}<\/say-as><\/prosody>\.<\/Say>/,
    );
    const gather = person.phone.gather.spoken.map((each) => (each.verb === 'say' ? each.utterance.parts : []));
    expect(JSON.stringify(gather)).not.toContain(person.code);
  });

  it('the key is another one in other calls', async () => {
    const keys = new Set<string>();
    for (let n = 0; n < 20 && keys.size < 2; n++) {
      account += 1;
      const { person } = await asked();
      await person.answers();
      keys.add(person.key);
    }
    expect(keys.size).toBe(2);
  });

  it('before the key is pressed every entry is wrong, and charged', async () => {
    const { caller, person } = await asked();
    await person.answers();
    await caller.presses('000000');
    expect(caller.heard).toContain('You have 2 tries left.');
    await caller.presses('123456');
    expect(await of.world.counts(caller)).toMatchObject({ attempts: 2, grants: 0 });
  });

  it('a new code takes the place of the one before, keeps the attempts, and comes twice at most', async () => {
    const { caller, person } = await asked();
    const codes = [await person.listens()];
    await caller.presses(of.world.wrongCode);
    for (let n = 0; n < 2; n++) {
      await person.presses(person.key);
      codes.push(person.code);
    }
    expect(person.heard).toMatch(/Thank you\. Goodbye\.$/);
    expect(person.phone.hasEnded).toBe(true);
    await caller.presses(codes.find((code) => code !== codes.at(-1)) ?? '');
    expect(caller.heard).toContain('You have 1 try left.');
    await caller.presses(codes.at(-1) ?? '');
    expect(await of.world.counts(caller)).toMatchObject({ exit: 'success', attempts: 3, sends: 1 });
  });

  it('in a call in Spanish the other one is in Spanish', async () => {
    const caller = await of.world.caller().dials('two-factor', { AccountNumber: String(account), locale: 'es-ES' });
    const person = new PersonCalled(of);
    await person.answers();
    expect(person.heard).toMatch(/^Hola\. Esta es la llamada de seguridad que ha solicitado por teléfono\./);
    await person.presses(person.key);
    expect(person.heard).toMatch(/^Su código es \d(?: \d){5}\./);
    expect(person.phone.body).toContain('language="es-ES"');
    await caller.presses(person.code);
    expect((await of.world.counts(caller)).exit).toBe('success');
  });
});

describe('keys, silence and machines', () => {
  it('silence and wrong keys are asked again, twice, then it says goodbye', async () => {
    const { person } = await asked();
    await person.answers();
    await person.isSilent();
    expect(person.heard).toContain('To hear your code');
    await person.presses(person.otherKey);
    expect(person.heard).toContain('To hear your code');
    await person.presses('#');
    expect(person.heard).toBe('Thank you. Goodbye.');
    expect(person.phone.hasEnded).toBe(true);
  });

  it('after the code a wrong key is asked again, silence ends it', async () => {
    const { caller, person } = await asked();
    const code = await person.listens();
    await person.presses(person.otherKey);
    expect(person.heard).toMatch(/^Now enter your code/);
    await person.isSilent();
    expect(person.heard).toBe('Thank you. Goodbye.');
    await caller.presses(code);
    expect((await of.world.counts(caller)).exit).toBe('success');
  });

  it.each(['machine_start', 'machine_end_beep', 'fax'])('%s: it hangs up without a word', async (AnsweredBy) => {
    const { person } = await asked();
    await person.answers({ AnsweredBy });
    expect(person.heard).toBe('');
    expect(person.phone.hasEnded).toBe(true);
    expect(codesIn((await person.phone.post(`${person.url}/1`, { Digits: '1' })).body)).toEqual([]);
  });
});

describe('repeats', () => {
  it('twenty of one key press at a time: one code is told, and it is the one that counts', async () => {
    const { caller, person } = await asked();
    await person.answers();
    const { action } = person.phone;
    const { key } = person;
    const bodies = await Promise.all(
      Array.from({ length: 20 }, async () => (await person.phone.post(action, { Digits: key })).body),
    );
    const told = bodies.filter((body) => codesIn(body).length > 0);
    expect(told).toHaveLength(1);
    expect(new Set(bodies.filter((body) => !told.includes(body))).size).toBe(1);
    await caller.presses(codesIn(told[0] ?? '')[0] ?? '');
    expect(await of.world.counts(caller)).toMatchObject({ exit: 'success', attempts: 1 });
  });

  it('a repeat of what told a code offers a new one, and does not tell the code', async () => {
    const { person } = await asked();
    await person.answers();
    const { action } = person.phone;
    const { key } = person;
    const code = (await person.presses(key)).code;
    const repeat = await person.phone.post(action, { Digits: key });
    expect(repeat.body).toContain('To hear a new code');
    expect(codesIn(repeat.body)).toEqual([]);
    expect(repeat.body).not.toContain(code);
    expect((await person.phone.post(action, { Digits: key })).body).toBe(repeat.body);
  });

  it('out of order: what was answered before is answered as before, and changes nothing', async () => {
    const { caller, person } = await asked();
    await person.answers();
    const first = person.phone.body;
    const code = await person.presses(person.key).then(() => person.code);
    expect((await person.phone.post(person.url)).body).toBe(first);
    expect(codesIn((await person.phone.post(`${person.url}/1`, { Digits: '0' })).body)).toEqual([]);
    await caller.presses(code);
    expect((await of.world.counts(caller)).exit).toBe('success');
  });

  it('a step that was not reached yet ends the call without a code', async () => {
    const { person } = await asked();
    for (let key = 1; key <= 9; key++) {
      const { body } = await person.phone.post(`${person.url}/1`, { Digits: String(key) });
      expect(codesIn(body)).toEqual([]);
      expect(body).toContain('<Hangup/>');
    }
  });

  it('a Redirect back without a mark asks the same question, and counts nothing', async () => {
    const { person } = await asked();
    await person.answers();
    for (let n = 0; n < 5; n++) expect((await person.phone.post(person.phone.action)).body).toBe(person.phone.body);
  });

  it('after a restart the call goes on', async () => {
    const own = await codeCallWorld();
    try {
      const caller = await own.world.caller().dials('two-factor', { AccountNumber: '1' });
      const person = new PersonCalled(own);
      await person.answers();
      await own.world.restarts();
      const before = person.key;
      await person.presses(before);
      await caller.presses(person.code);
      expect((await own.world.counts(caller)).exit).toBe('success');
    } finally {
      await own.close();
    }
  });
});

describe('no code any more', () => {
  it('once the caller has hung up', async () => {
    const { caller, person } = await asked();
    await person.answers();
    await caller.hangsUp();
    await person.presses(person.key);
    expect(person.heard).toBe('Thank you. Goodbye.');
  });

  it('once the caller has hung up: whoever answers then hears goodbye', async () => {
    const { caller, person } = await asked();
    await caller.hangsUp();
    await person.answers();
    expect(person.heard).toBe('Thank you. Goodbye.');
  });

  it('once it was used: a new one is not told', async () => {
    const { caller, person } = await asked();
    await caller.presses(await person.listens());
    await person.presses(person.key);
    expect(person.heard).toBe('Thank you. Goodbye.');
  });

  it('once its time is over, which began when the call was placed; a new code does not begin it again', async () => {
    const { caller, person } = await asked();
    await person.listens();
    of.world.clock.advance(4 * 60_000);
    await person.presses(person.key);
    const { code } = person;
    of.world.clock.advance(60_001);
    await person.presses(person.key);
    expect(person.heard).toBe('Thank you. Goodbye.');
    await caller.presses(code);
    expect(caller.heard).toContain('That code cannot be used any more.');
    expect((await of.world.counts(caller)).grants).toBe(0);
  });

  it('once its attempts are used up', async () => {
    const { caller, person } = await asked();
    await person.answers();
    for (let n = 0; n < 3; n++) await caller.presses('000000');
    expect(caller.dialled).toBe(AGENT);
    await person.presses(person.key);
    expect(person.heard).toBe('Thank you. Goodbye.');
  });

  it('a second call takes the place of the first', async () => {
    const { caller, person } = await asked();
    await person.answers();
    of.world.clock.advance(20_001);
    await caller.presses('*');
    await caller.presses('2');
    const second = new PersonCalled(of);
    await person.presses(person.key);
    expect(person.heard).toBe('Thank you. Goodbye.');
    await caller.presses(await second.listens());
    expect(await of.world.counts(caller)).toMatchObject({ exit: 'success', sends: 2 });
  });

  it('within the spacing, counted from when the call was placed, nobody is called again', async () => {
    const { caller } = await asked();
    const placed = of.twilio.calls.length;
    await caller.presses('*');
    await caller.presses('2');
    expect(caller.heard).toContain('Your code is on its way.');
    expect(of.twilio.calls).toHaveLength(placed);
    expect((await of.world.counts(caller)).sends).toBe(1);
  });
});

describe('how the call ended', () => {
  it.each(['busy', 'no-answer', 'failed', 'canceled'])(
    '%s: at the next silence the caller hears so',
    async (status) => {
      const { caller, person } = await asked();
      expect((await person.ends(status)).status).toBe(204);
      await caller.isSilent();
      expect(caller.heard).toContain(NOT_SENT);
    },
  );

  it('answered, and no code was asked for: that is a failure as well', async () => {
    const { caller, person } = await asked();
    await person.answers();
    await person.ends();
    await caller.isSilent();
    expect(caller.heard).toContain(NOT_SENT);
  });

  it('completed, and the code was told: no failure; and after it nothing is told', async () => {
    const { caller, person } = await asked();
    const code = await person.listens();
    const { key, phone } = person;
    const { action } = phone;
    await person.ends();
    await person.ends('busy');
    const after = await phone.post(action, { Digits: key });
    expect(after.body).toContain('<Hangup/>');
    expect(codesIn(after.body)).toEqual([]);
    await caller.isSilent();
    expect(caller.heard).not.toContain(NOT_SENT);
    await caller.presses(code);
    expect((await of.world.counts(caller)).exit).toBe('success');
  });

  it('Twilio refuses the call: it could not be sent, and the send counts', async () => {
    of.twilio.refusesCalls(true);
    const caller = await calls();
    expect(caller.heard).toContain(NOT_SENT);
    expect(await of.world.counts(caller)).toMatchObject({ sends: 1, grants: 0 });
  });
});

describe('what comes to /delivery/voice', () => {
  it('403 for what is not signed, of whatever kind', async () => {
    const { person } = await asked();
    for (const token of [null, 'another token']) {
      for (const [path, form] of [
        ['', {}],
        ['', { CallStatus: 'busy' }],
        ['/1', { Digits: '1' }],
      ] as const)
        expect((await person.phone.post(person.url + path, form, { token })).status).toBe(403);
    }
  });

  it.each(['/delivery/voice/unknown', `/delivery/voice/${'A'.repeat(22)}`, '/delivery/voice/%ff', '/delivery/voice'])(
    'signed, %s: 200, and the call ends',
    async (path) => {
      const answer = await of.world.caller().post(path, { Digits: '1' });
      expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('<Hangup/>') });
    },
  );

  it('a report about an unknown call: 204', async () => {
    const answer = await of.world.caller().post(`/delivery/voice/${'A'.repeat(22)}`, { CallStatus: 'busy' });
    expect(answer).toEqual({ status: 204, body: '' });
  });
});

describe('who is offered a call', () => {
  const OFFERED = 'For a call to the number ending in 5 6';

  beforeEach(() => {
    of.listed = `<method name="email" value="ana@example.test"/><method name="voice" value="${VERIFIED}"/>`;
  });

  it('L1: whoever has a verified number', async () => {
    expect((await calls()).heard).toContain(OFFERED);
  });

  it.each([
    ['as it is verified', VERIFIED],
    ['without its plus sign', '12025550156'],
    ['as a SIP address', `sip:${VERIFIED}@gateway.example.test`],
  ])('not who calls from that very line, %s', async (_what, from) => {
    expect((await calls(from)).heard).not.toContain(OFFERED);
  });

  it('not where the number is written in another way, and is the line that calls', async () => {
    of.listed = `<method name="email" value="ana@example.test"/><method name="voice" value="1 202 555 0156"/>`;
    expect((await calls()).heard).toContain(OFFERED);
    account += 1;
    expect((await calls(VERIFIED)).heard).not.toContain(OFFERED);
  });

  it.each([
    ['the number that calls', CALLING],
    ['the number that text messages come from', '+12025550100'],
    ['the agent', AGENT],
    ['the number that was dialled', '+12025550111'],
    ['another country', '+442079460123'],
    ['a SIP address', 'sip:ana@example.test'],
  ])('never %s', async (_what, number) => {
    of.listed = `<method name="email" value="ana@example.test"/><method name="voice" value="${number}"/>`;
    const caller = of.world.caller({ to: '+12025550111' });
    await caller.dials('two-factor', { AccountNumber: String(account) });
    expect(caller.heard).toContain('We emailed a code');
  });
});

describe('where it is not set up', () => {
  it.each([
    ['no number to call from is set', { edit: { 'callflows/two-factor.yaml': [] } }],
    ['the account of Twilio is not set', { settings: { TWILIO_ACCOUNT_SID: '', SMS_PROVIDER: 'gateway' } }],
  ] as const)('%s: nobody is offered a call', async (_what, options) => {
    const own = await codeCallWorld(options);
    try {
      own.listed = `<method name="email" value="ana@example.test"/><method name="voice" value="${VERIFIED}"/>`;
      const caller = await own.world.caller().dials('two-factor', { AccountNumber: '1' });
      expect(caller.heard).toContain('We emailed a code');
      expect(own.twilio.calls).toEqual([]);
    } finally {
      await own.close();
    }
  });
});
