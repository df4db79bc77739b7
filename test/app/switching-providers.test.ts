/** Who makes the codes is a setting: the blocks do not know (design: one set of blocks for every provider). */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { httpStub, servicesAt, type StubServer } from '../support/stub-server.ts';
import { World, type Application } from '../support/world.ts';

const SHIPPED = readFileSync('callflows/two-factor.yaml', 'utf8');
const SETTINGS = /\nsettings:\n[\s\S]*?\n(?=services:\n)/;

/** The shipped callflow with other settings and a name of its own; nothing else is touched. */
function withSettings(name: string, settings: string): string {
  return SHIPPED.replace('callflow: two-factor', `callflow: ${name}`).replace(SETTINGS, `\nsettings:\n${settings}\n\n`);
}

const SENDERS = `  customer-email-variable: CustomerEmail
  messages: { email: { from: security@example.com, subject: Your security code } }`;

const PROVIDERS: Readonly<Record<string, string>> = {
  internal: withSettings('internal', `  methods: [email]\n  code: { made-by: internal }\n${SENDERS}`),
  external: withSettings('external', `  methods: [email]\n  code: { made-by: external, digits: 8 }\n${SENDERS}`),
  authenticator: withSettings('authenticator', `  methods: [authenticator]\n${SENDERS}`),
};

const ACCOUNT = '7001';
/** The external system's own code. */
const THEIRS = '86420975';

let stub: StubServer;
let asked: string[] = [];
let world: World;
let application: Application;

beforeAll(async () => {
  stub = await httpStub((response, body, { url = '' }) => {
    asked.push(url);
    const form = new URLSearchParams(body);
    const status = url.startsWith('/verify') && form.get('authCode_nbest1') !== THEIRS ? 'incorrect code' : 'success';
    const methods = '<methods><method name="email" value="ana@example.test"/><method name="authenticator"/></methods>';
    const root = { m: 'checkVerifiedContactMethods', s: 'sendAuthenticationCode', v: 'codeAuthentication' }[
      url[1] ?? ''
    ];
    response.end(`<${root}><status>${status}</status>${url.startsWith('/methods') ? methods : ''}</${root}>`);
  });
  world = await World.open({
    settings: {
      ...servicesAt(stub),
    },
    files: Object.fromEntries(
      Object.entries(PROVIDERS).flatMap(([name, text]) => [
        [`callflows/${name}.yaml`, text],
        [`prompts/en-US/${name}.yaml`, readFileSync('prompts/en-US/two-factor.yaml', 'utf8')],
      ]),
    ),
  });
  application = await world.enrols(ACCOUNT);
});
afterAll(async () => {
  await world.close();
  await stub.close();
});

const RIGHT: Readonly<Record<string, () => string>> = {
  internal: () => world.code,
  external: () => THEIRS,
  authenticator: () => application.code(),
};

describe('switching the provider of codes changes settings only, never the blocks (G57)', () => {
  it('the three callflows are the same text but for their name and settings', () => {
    const rest = Object.entries(PROVIDERS).map(([name, text]) =>
      text.replace(`callflow: ${name}`, 'callflow: two-factor').replace(SETTINGS, ''),
    );
    expect(new Set(rest)).toEqual(new Set([SHIPPED.replace(SETTINGS, '')]));
    const made = Object.values(PROVIDERS).map((text) => (parse(text) as { blocks: unknown }).blocks);
    expect(made).toEqual(made.map(() => (parse(SHIPPED) as { blocks: unknown }).blocks));
  });

  it.each(Object.keys(PROVIDERS))(
    'G57 G32: %s: the same blocks ask for the contact methods, take a wrong code and another entry, and let in',
    async (name) => {
      asked = [];
      const caller = await world.caller().dials(name, { AccountNumber: ACCOUNT });
      await caller.presses(name === 'external' ? '00000000' : world.wrongCode);
      expect(caller.heard).toContain('That code did not match.');
      expect((await world.counts(caller)).exit).toBeNull();
      await caller.presses(RIGHT[name]?.() ?? '');
      expect(await world.counts(caller)).toMatchObject({ exit: 'success', sends: 1, attempts: 2, grants: 1 });
      expect(asked).toEqual(name === 'external' ? ['/methods', '/send', '/verify', '/verify'] : ['/methods']);
    },
  );
});
