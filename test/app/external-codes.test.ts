/** Codes that the customer's own system makes, sends and checks, over signed HTTP (G22 to G47). */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, servicesAt, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

const METHODS = '<method name="email" value="ana@example.test"/><method name="authenticator"/>';

/** What the bank's system answers, and what it was asked. */
class Bank {
  asked: string[] = [];
  methods = METHODS;
  send = sent('success');
  verify = (code: string): string => checked(code === '123456' ? 'success' : 'incorrect code');

  answer(url: string, form: URLSearchParams): string {
    this.asked.push(`${url} ${[...form].map(([name, value]) => `${name}=${value}`).join(' ')}`);
    if (url.startsWith('/methods')) return contactMethods(this.methods);
    return url.startsWith('/send') ? this.send : this.verify(form.get('authCode_nbest1') ?? '');
  }

  askedOf(service: string): readonly string[] {
    return this.asked.filter((each) => each.startsWith(service));
  }
}

function sent(status: string): string {
  return `<sendAuthenticationCode><status>${status}</status></sendAuthenticationCode>`;
}

function checked(status: string): string {
  return `<codeAuthentication><status>${status}</status></codeAuthentication>`;
}

type Edits = readonly (readonly [from: string, to: string])[];

/** The shipped callflow under other settings; its blocks stay as they are, but where a variant is about them. */
const VARIANTS: Readonly<Record<string, Edits>> = {
  'new-code-each': [['after-wrong-code: ask-again', 'after-wrong-code: new-code']],
  'asked-too': [['made-by: external', 'made-by: external\n    send-for-authenticator: true']],
  'own-statuses': [
    ['      failed: not-delivered ', '      failed: not-delivered\n    statuses: { Blocked: blocked }\n    # '],
    ['      error: error\n', '      error: error\n    statuses: { card expired: blocked }\n'],
    ['exits:\n', 'exits:\n  blocked: { say: goodbye, hang-up: true }\n'],
  ],
  spoken: [['    digits: code                     #', '    digits: 6-8\n    input: dtmf speech\n    #']],
  'two-readings': [
    ['made-by: external', 'made-by: external\n    try-nbest: 2'],
    ['    digits: code                     #', '    digits: 6-8\n    input: dtmf speech\n    #'],
  ],
  'no-lifetime': [['    lasts: 5m ', '    # ']],
  'without-address': [['production: "${VERIFY_CODE_URL}"', 'production: "${CALLFLOW_NOT_SET}"']],
  'by-get': [
    [
      '    timeout: 3s\n    send: [AccountNumber]\n\nexits',
      '    timeout: 400ms\n    method: GET\n    send: [AccountNumber]\n\nexits',
    ],
  ],
};

const SHIPPED = readFileSync('callflows/two-factor.yaml', 'utf8');
const PROMPTS = readFileSync('prompts/en-US/two-factor.yaml', 'utf8');

function variant(name: string, edits: Edits): string {
  return [['callflow: two-factor', `callflow: ${name}`], ['made-by: internal', 'made-by: external'], ...edits].reduce(
    (text, [from = '', to = '']) => {
      if (!text.includes(from)) throw new Error(`the shipped callflow does not hold: ${from}`);
      return text.replace(from, to);
    },
    SHIPPED,
  );
}

let bank = new Bank();
let stub: StubServer;
let world: World;

/** Accounts of their own, so that the failures of one test are not those of the next. */
let account = 5000;

beforeAll(async () => {
  stub = await httpStub((response, body, { method, url = '' }) => {
    const [path = '', query = ''] = url.split('?');
    response.end(bank.answer(path, new URLSearchParams(method === 'GET' ? query : body)));
  });
  world = await World.open({
    settings: {
      ...servicesAt(stub),
      SEND_CODE_TEST_URL: `${stub.url}send-test`,
      VERIFY_CODE_TEST_URL: `${stub.url}verify-test`,
      CONTACT_METHODS_TEST_URL: `${stub.url}methods-test`,
      TEST_NUMBERS: '+12025550111',
    },
    edit: { 'callflows/two-factor.yaml': [['made-by: internal', 'made-by: external']] },
    files: Object.fromEntries(
      Object.entries(VARIANTS).flatMap(([name, edits]) => [
        [`callflows/${name}.yaml`, variant(name, edits)],
        [`prompts/en-US/${name}.yaml`, PROMPTS],
      ]),
    ),
  });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});
beforeEach(() => {
  bank = new Bank();
  account += 1;
});

async function calls(callflow = 'two-factor', to = '+12025550100'): Promise<Caller> {
  return world.caller({ to }).dials(callflow, { AccountNumber: String(account) });
}

const CHOICE =
  'How would you like to get your code? For an email to the address starting with A, at example.test, press 1.';

describe('external codes: what the caller hears and the system is asked', () => {
  it('G4 G22 G23 G25 G40 G41 G42: the method that was chosen goes to the send service as `Email`, and nothing is sent by us', async () => {
    const caller = await calls();
    expect(caller.heard).toContain(CHOICE);
    expect(caller.heard).toContain('To use Google Authenticator, press 2.');
    await caller.presses('1');
    expect(bank.askedOf('/send')).toEqual([`/send AccountNumber=${account} TwoFactorAuthSelectedMethod=Email`]);
    expect(caller.heard).toContain('We emailed a code to the address starting with A, at example.test.');
    expect(world.inbox.messages).toEqual([]);
  });

  it('G26 G27 G28 G29 G44 G45 G46 D10: what was entered goes to the verify service as `authCode_nbest1` with its list; success lets in', async () => {
    const caller = await calls();
    await caller.presses('1');
    await caller.presses('123456');
    expect(bank.askedOf('/verify')).toEqual([
      `/verify AccountNumber=${account} authCode_nbestLength=1 authCode_nbest1=123456 authCode_nbestConfidence1=1.0 authCode_nbestInputmode1=dtmf`,
    ]);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', sends: 1, attempts: 1, grants: 1 });
  });

  it('G22 D2: for the authenticator the send service is skipped', async () => {
    const caller = await calls();
    await caller.presses('2');
    expect(bank.askedOf('/send')).toEqual([]);
    expect(caller.heard).toContain('Open Google Authenticator and enter the 6 digits that it shows for us.');
    await caller.presses('123456');
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', sends: 1, attempts: 1 });
  });

  it('D2: with `send-for-authenticator: true` it is called for it, too', async () => {
    const caller = await calls('asked-too');
    await caller.presses('2');
    expect(bank.askedOf('/send')).toEqual([`/send AccountNumber=${account} TwoFactorAuthSelectedMethod=Authenticator`]);
  });

  it('G3 G24 G34 G36: only the authenticator is verified: no question is asked', async () => {
    bank.methods = '<method name="authenticator"/>';
    expect((await calls()).heard).toContain('Open Google Authenticator');
  });

  it('G37 G39: a method without a value is offered without an address, since the system knows it', async () => {
    bank.methods = '<method name="email"/><method name="SMS"/>';
    const caller = await calls();
    expect(caller.heard).toContain('For an email, press 1. For a text message, press 2.');
    await caller.presses('2');
    expect(caller.heard).toContain('We sent a code by text message. Enter the 6 digits now.');
    expect(bank.askedOf('/send')).toEqual([`/send AccountNumber=${account} TwoFactorAuthSelectedMethod=SMS`]);
  });

  it('D16 G59: a test call asks the test addresses', async () => {
    const caller = await calls('two-factor', '+12025550111');
    await caller.presses('1');
    await caller.presses('123456');
    expect(bank.asked.map((each) => each.split(' ')[0])).toEqual(['/methods-test', '/send-test', '/verify-test']);
  });

  it('a service is asked by GET where the callflow says so', async () => {
    const caller = await calls('by-get');
    await caller.presses('1');
    await caller.presses('123456');
    expect((await world.counts(caller)).exit).toBe('success');
  });
});

describe('D10: a spoken code that can be read in two ways', () => {
  const SAID = { SpeechResult: 'one two three four five six to', Confidence: '0.8' };

  it('is tried as it reads best, and in no other way', async () => {
    const caller = await calls('spoken');
    await caller.presses('1');
    await caller.go(caller.action, SAID);
    expect(bank.askedOf('/verify')).toEqual([
      `/verify AccountNumber=${account} authCode_nbestLength=2 authCode_nbest1=1234562 authCode_nbestConfidence1=0.8 authCode_nbestInputmode1=voice authCode_nbest2=123456 authCode_nbestConfidence2=0.8 authCode_nbestInputmode2=voice`,
    ]);
    expect(await world.counts(caller)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
  });

  it('with `try-nbest: 2` the second reading is tried, too, and is an attempt of its own', async () => {
    const caller = await calls('two-readings');
    await caller.presses('1');
    await caller.go(caller.action, SAID);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', attempts: 2, grants: 1 });
  });

  it('with `try-nbest: 2` the attempts of the code are a limit all the same', async () => {
    bank.verify = () => checked('incorrect code');
    const caller = await calls('two-readings');
    await caller.presses('1');
    await caller.go(caller.action, SAID);
    await caller.go(caller.action, { Digits: '000000' });
    expect(bank.askedOf('/verify')).toHaveLength(3);
    expect(await world.counts(caller)).toMatchObject({ exit: 'agent', attempts: 3, grants: 0 });
  });
});

describe('external codes: limits', () => {
  it('G30 G43 G47 G53: `incorrect code` is a wrong attempt, and attempts end as for our own codes', async () => {
    const caller = await calls();
    await caller.presses('1');
    await caller.presses('000000');
    expect(caller.heard).toContain('You have 2 tries left.');
    await caller.presses('000000');
    await caller.presses('000000');
    expect(await world.counts(caller)).toMatchObject({ exit: 'agent', sends: 1, attempts: 3, grants: 0 });
  });

  it('G30 D3: under `new-code` each wrong code is a new pass, until the send limit although nothing is sent', async () => {
    const caller = await calls('new-code-each');
    await caller.presses('2');
    await caller.presses('000000');
    expect(caller.heard).toContain('That code cannot be used any more. Please use the next one.');
    await caller.presses('000000');
    await caller.presses('000000');
    expect(await world.counts(caller)).toMatchObject({ exit: 'agent', sends: 3, attempts: 3, grants: 0 });
    expect(bank.askedOf('/send')).toEqual([]);
  });

  it('G61 D7: after `lasts`, counted from the send, nothing is asked and a new code is due; without it the system decides', async () => {
    const caller = await calls();
    await caller.presses('1');
    world.clock.advance(5 * 60_000 + 1);
    await caller.presses('123456');
    expect(bank.askedOf('/verify')).toEqual([]);
    expect(caller.heard).toContain('That code cannot be used any more.');
    const patient = await calls('no-lifetime');
    await patient.presses('1');
    world.clock.advance(50 * 60_000);
    await patient.presses('123456');
    expect((await world.counts(patient)).exit).toBe('success');
  });

  it('D15: a code is judged no more once the call has one of another account, or has ended', async () => {
    const caller = await calls();
    await caller.presses('1');
    const { action } = caller;
    await caller.hangsUp();
    await caller.post(action, { Digits: '123456' });
    expect(bank.askedOf('/verify')).toEqual([]);
    expect((await world.counts(caller)).grants).toBe(0);
  });

  it('nine wrong codes and a refusal of the system: the account is not locked by what nobody judged', async () => {
    for (let round = 0; round < 3; round++) {
      const caller = await calls();
      await caller.presses('1');
      for (let n = 0; n < 3; n++) await caller.presses('000000');
    }
    bank.verify = () => checked('error');
    const caller = await calls();
    await caller.presses('1');
    await caller.presses('123456');
    expect(await world.counts(caller)).toMatchObject({ exit: 'error', attempts: 0 });
    bank.verify = () => checked('success');
    const after = await calls();
    await after.presses('1');
    await after.presses('123456');
    expect((await world.counts(after)).exit).toBe('success');
  });
});

describe('external codes: G40 G42 G43 D5: what the send service may answer', () => {
  it.each([
    ['success', 'We emailed a code'],
    [' SUCCESS\n', 'We emailed a code'],
    ['error', 'we could not send your code'],
    ['unreachable', 'we could not send your code'],
    ['rejected', 'we could not send your code'],
    ['failed', 'we could not send your code'],
    ['incorrect code', 'we could not send your code'],
    ['sent', 'we could not send your code'],
    ['nothing-to-send', 'we could not send your code'],
    ['too-many', 'we could not send your code'],
    ['enter-code', 'we could not send your code'],
    ['toString', 'we could not send your code'],
    ['', 'we could not send your code'],
    ['success</status><status>success', 'we could not send your code'],
    ['blocked', 'we could not send your code'],
  ])('%j', async (status, heard) => {
    bank.send = sent(status);
    const caller = await calls();
    await caller.presses('1');
    expect(caller.heard).toContain(heard);
    expect(await world.counts(caller)).toMatchObject({ sends: 1, grants: 0 });
  });

  it.each([
    ['another root', checked('success')],
    ['no XML', 'success'],
    ['nothing', ''],
  ])('%s', async (_what, body) => {
    bank.send = body;
    const caller = await calls();
    await caller.presses('1');
    expect(caller.heard).toContain('we could not send your code');
  });

  it('G43: a status that the block declares is a path of its own, in any case', async () => {
    bank.send = sent('BLOCKED');
    const caller = await calls('own-statuses');
    await caller.presses('1');
    expect((await world.counts(caller)).exit).toBe('blocked');
  });
});

describe('external codes: G31 G44 G46 G47: what the verify service may answer', () => {
  it.each([
    ['success', 'success', 1],
    [' Success ', 'success', 1],
    ['error', 'error', 0],
    ['right', 'error', 0],
    ['finished', 'error', 0],
    ['blank', 'error', 0],
    ['too-many', 'error', 0],
    ['locked', 'error', 0],
    ['thank-you', 'error', 0],
    ['successful', 'error', 0],
    ['success!', 'error', 0],
    ['incorrect-code', 'error', 0],
    ['__proto__', 'error', 0],
    ['constructor', 'error', 0],
    ['', 'error', 0],
    ['card expired', 'error', 0],
    ['success</status><status>success', 'error', 0],
    ['<b>success</b>', 'error', 0],
  ])('%j leads to %s', async (status, exit, attempts) => {
    bank.verify = () => checked(status);
    const caller = await calls();
    await caller.presses('1');
    await caller.presses('123456');
    expect(await world.counts(caller)).toMatchObject({ exit, attempts, grants: attempts });
  });

  it.each([
    ['another root', sent('success')],
    ['no XML', 'success'],
    ['a document that is cut off', '<codeAuthentication><status>success</status>'],
    ['nothing', ''],
  ])('%s: nobody comes in, and no attempt is used', async (_what, body) => {
    bank.verify = () => body;
    const caller = await calls();
    await caller.presses('1');
    await caller.presses('123456');
    expect(await world.counts(caller)).toMatchObject({ exit: 'error', attempts: 0, grants: 0 });
  });

  it('G47: a status that the block declares is a path of its own, and the attempt stays used', async () => {
    bank.verify = () => checked('Card Expired');
    const caller = await calls('own-statuses');
    await caller.presses('1');
    await caller.presses('123456');
    expect(await world.counts(caller)).toMatchObject({ exit: 'blocked', attempts: 1, grants: 0 });
  });

  it('a service without an address takes the error path', async () => {
    const caller = await calls('without-address');
    await caller.presses('1');
    await caller.presses('123456');
    expect(await world.counts(caller)).toMatchObject({ exit: 'error', attempts: 0 });
  });
});
