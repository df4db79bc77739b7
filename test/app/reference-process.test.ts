/** The two-factor MicroApp of the reference document, step by step, over signed HTTP. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { startSmtp } from '../adapters/delivery/smtp.ts';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

const AGENT = '+12025550199';
const minute = 60_000;

/** What the customer's web service says of every account. */
let said = '';
let stub: StubServer;
let shipped: World;
let listed: World;

/** Says what the variables hold that a look-up sets, and sends nothing. */
const TELL = `
callflow: tell
start: find
inputs: [AccountNumber]
account: AccountNumber
settings:
  customer-email-variable: MailAddress
  customer-phone-variable: Mobile
  methods: [email, sms]
services: { contact-methods: { production: "\${CONTACT_METHODS_URL}", send: [AccountNumber] } }
exits:
  told: { say: told, hang-up: true }
blocks:
  find: { find-methods: contact-methods, paths: { found: told, failed: error } }`;

beforeAll(async () => {
  stub = await httpStub((response) => response.end(said));
  shipped = await World.open();
  listed = await World.open({
    settings: { CONTACT_METHODS_URL: stub.url, SERVICE_HOSTS: stub.host },
    files: {
      'callflows/tell.yaml': TELL,
      'prompts/en-US/tell.yaml': 'locale: en-US\nprompts: { told: "{MailAddress} and {Mobile}." }',
    },
  });
});
afterAll(async () => {
  await shipped.close();
  await listed.close();
  await stub.close();
});

/** The messages that come while something happens. */
async function messagesOf(world: World, act: () => Promise<unknown>) {
  const before = world.inbox.messages.length;
  await act();
  return world.inbox.messages.slice(before);
}

describe('a code that we make and deliver', () => {
  it('G2: an account number is asked for first, and then the code that was sent for it', async () => {
    const caller = shipped.caller();
    expect(await messagesOf(shipped, () => caller.dials('main'))).toEqual([]);
    expect(caller.heard).toMatch(/^Welcome\. Please enter your account number/);
    await caller.presses('1002');
    expect(caller.heard).toMatch(/Enter the 6 digits now/);
    expect(caller.heard).not.toMatch(/balance/);
    await caller.presses(shipped.code);
    expect(caller.heard).toMatch(/Your balance is \$52\.05/);
  });

  it.each([
    ['1', { method: 'email', to: 'ana@example.test' }],
    ['2', { method: 'sms', to: '12025550121' }],
  ])('G9: is delivered by the method of the key that was pressed: %s', async (key, message) => {
    const caller = shipped.caller();
    const asked = await messagesOf(shipped, () => caller.dials('two-factor', { AccountNumber: '1001' }));
    expect(asked).toEqual([]);
    const sent = await messagesOf(shipped, () => caller.presses(key));
    expect(sent).toMatchObject([{ ...message, code: expect.stringMatching(/^\d{6}$/) as string }]);
    await caller.presses(sent[0]?.code ?? '');
    expect(await shipped.counts(caller)).toMatchObject({ exit: 'success', sends: 1, attempts: 1 });
  });

  it('G10: is asked for as soon as it is on its way', async () => {
    const caller = await shipped.caller().dials('two-factor', { AccountNumber: '1003' });
    expect(caller.heard).toMatch(/We sent a code by text message .* Enter the 6 digits now\./);
    expect(caller.gather.numDigits).toBe(6);
  });

  it.each([
    ['the right code in time', 'code', 4 * minute, /you are verified/],
    ['another code in time', 'wrongCode', 4 * minute, /did not match/],
    ['the right code too late', 'code', 5 * minute + 1, /cannot be used any more/],
    ['another code too late', 'wrongCode', 5 * minute + 1, /cannot be used any more/],
  ] as const)('G11: is checked, and when it was made: %s', async (what, code, later, heard) => {
    const caller = await shipped.caller().dials('two-factor', { AccountNumber: '9770001' });
    shipped.clock.advance(later);
    await caller.presses(shipped[code]);
    expect(caller.heard).toMatch(heard);
    expect(await shipped.counts(caller)).toMatchObject({ grants: what === 'the right code in time' ? 1 : 0 });
  });

  it('G14 G15 G17 G66 G67 G68: goes by the mail server and the gateway of the settings, from who they say', async () => {
    const texts: string[] = [];
    const gateway = await httpStub((response, body) => {
      texts.push(body);
      response.end();
    });
    const { port, mails } = await startSmtp();
    const world = await World.open({
      settings: {
        EMAIL_SMTP_HOST: '127.0.0.1',
        EMAIL_SMTP_PORT: String(port),
        EMAIL_SMTP_TLS: 'none',
        SMS_URL: gateway.url,
        SMS_REQUEST_BODY: 'from {{from}}',
        SERVICE_HOSTS: gateway.host,
      },
      edit: {
        'callflows/two-factor.yaml': [
          ['from: security@example.com, subject: Your security code', 'from: codes@bank.example, subject: A code'],
          ['from: "+12025550100"', 'from: "+12025550177"'],
        ],
      },
    });
    await world.caller().dials('two-factor', { AccountNumber: '1002' });
    await world.caller().dials('two-factor', { AccountNumber: '1003' });
    await world.close();
    await gateway.close();
    expect(mails[0]?.content).toMatch(/^From: codes@bank\.example\r$/m);
    expect(mails[0]?.content).toMatch(/^Subject: A code\r$/m);
    expect(texts).toEqual(['from +12025550177']);
  });
});

function listing(...methods: readonly string[]): string {
  const list = methods.map((method) => `<method ${method}/>`).join('');
  return contactMethods(list);
}

const NOT_FOUND = '<checkVerifiedContactMethods><status>not found</status></checkVerifiedContactMethods>';

/** A call to two-factor, in a company whose web service says this. */
async function calls(answer: string, inputs: Readonly<Record<string, string>> = {}): Promise<Caller> {
  said = answer;
  return listed.caller().dials('two-factor', { AccountNumber: '1002', ...inputs });
}

describe('what the web service lists', () => {
  const MINE = { CustomerEmail: 'mallory@example.test', CustomerPhone: '+12025550166' };

  it('G5: is where codes go, whatever else the call brings along', async () => {
    const sent = await messagesOf(listed, () => calls(listing('name="email" value="ben@example.test"'), MINE));
    expect(sent).toMatchObject([{ method: 'email', to: 'ben@example.test' }]);
    expect(await messagesOf(listed, () => calls(listing(), MINE))).toEqual([]);
    expect(await messagesOf(listed, () => calls(NOT_FOUND, MINE))).toEqual([]);
  });

  it.each([
    ['G36: e-mail, SMS and methods that nobody knows: two are offered', ['fax', 'email', 'pigeon', 'SMS']],
    ['G36: an authenticator that the caller has not set up, and two others', ['authenticator', 'SMS', 'email']],
  ])('%s', async (_what, names) => {
    const caller = await calls(listing(...names.map((name) => `name="${name}" value="${DESTINATIONS[name] ?? ''}"`)));
    expect(caller.heard).toMatch(/For an email .*, press 1\. For a text message .*, press 2\. To speak to someone/);
  });

  it.each([
    ['nobody by that account', NOT_FOUND],
    ['nothing', listing()],
    ['only methods that nobody knows', listing('name="fax" value="+12025550166"', 'name="pigeon"')],
    ['only methods whose value is missing', listing('name="email"', 'name="SMS"')],
  ])('D6: %s: no method, no code, and a person', async (_what, answer) => {
    const caller = listed.caller();
    said = answer;
    expect(await messagesOf(listed, () => caller.dials('two-factor', { AccountNumber: '1002' }))).toEqual([]);
    expect(caller.heard).toMatch(/^Before we go on, we need to check that it is you\. Please hold while I connect you/);
    expect(caller.dialled).toBe(AGENT);
    expect(await listed.counts(caller)).toMatchObject({ exit: 'agent' });
  });

  it('G39: without a value means that the variable is set already', async () => {
    const sent = await messagesOf(listed, () => calls(listing('name="email"'), { CustomerEmail: 'ben@example.test' }));
    expect(sent).toMatchObject([{ method: 'email', to: 'ben@example.test' }]);
  });

  it('G38 G48 G49: sets the variables that the settings name', async () => {
    said = listing('name="email" value="ben@example.test"', 'name="SMS" value="+12025550143"');
    const caller = await listed.caller().dials('tell', { AccountNumber: '1002' });
    expect(caller.heard).toBe('ben@example.test and +12025550143.');
  });
});

const DESTINATIONS: Readonly<Record<string, string>> = { email: 'ben@example.test', SMS: '+12025550143' };

it('G69: the names of the reference document are those of the callflow two-factor', () => {
  const { blocks, exits } = parse(readFileSync('callflows/two-factor.yaml', 'utf8')) as {
    blocks: Readonly<Record<string, object>>;
    exits: object;
  };
  expect(blocks['enter-code']).toMatchObject({ collect: 'enter-code', 'save-as': 'authCode' });
  expect(Object.keys(exits)).toContain('agent');
});
