/** Callflows that no rule has looked at: whatever a service answers, `success` needs a right code for that account. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

const SHIPPED = readFileSync('callflows/two-factor.yaml', 'utf8').replace('made-by: internal', 'made-by: external');
const PROMPTS = readFileSync('prompts/en-US/two-factor.yaml', 'utf8');
const VICTIM = '4242';
const ELSEWHERE = 'https://other.example.com/ivr';

type Edits = readonly (readonly [from: string, to: string])[];

const OWN =
  '    statuses: { card ok: thank-you, constructor: thank-you, ѕuccess: thank-you, unknown path: thank-you }\n';
const ASKED = `
  other:
    service: other
    paths: { success: thank-you, right: thank-you, granted: success, failed: error }
`;
const SERVICE = [
  [
    'services:\n',
    'services:\n  other: { production: "${CALLFLOW_OTHER_URL}", receive: { AccountNumber: a/account, verified: a/verified, authCode: a/code } }\n',
  ],
  ['\n  new-code: {', `${ASKED}\n  new-code: {`],
] as const;
const VARIANTS: Readonly<Record<string, Edits>> = {
  'verify-leads': [['      error: error\n', `      error: error\n${OWN}`]],
  'send-leads': [['      failed: not-delivered ', `      failed: not-delivered\n${OWN}    # `]],
  'service-instead': [...SERVICE, ['start: greet', 'start: other']],
  'service-after': [
    ...SERVICE,
    ['      right: thank-you', '      right: other'],
    ['  success: { returns: success }', `  success: { redirect: "${ELSEWHERE}", send: [AccountNumber] }`],
    ['error:   { say: technical-problem, dial: "${AGENT_NUMBER}" }', `error: { redirect: "${ELSEWHERE}" }`],
  ],
};

let answers: Record<string, string>;
let stub: StubServer;
let world: World;
let accounts = 8900;

beforeAll(async () => {
  stub = await httpStub((response, _body, { url = '' }) => void response.end(answers[url]));
  world = await World.open({
    settings: {
      CONTACT_METHODS_URL: `${stub.url}methods`,
      SEND_CODE_URL: `${stub.url}send`,
      VERIFY_CODE_URL: `${stub.url}verify`,
      CALLFLOW_OTHER_URL: `${stub.url}other`,
      SERVICE_HOSTS: stub.host,
    },
    files: Object.fromEntries(
      Object.entries(VARIANTS).flatMap(([name, edits]) => [
        [`callflows/${name}.yaml`, edited([['callflow: two-factor', `callflow: ${name}`], ...edits])],
        [`prompts/en-US/${name}.yaml`, PROMPTS],
      ]),
    ),
    unchecked: true,
  });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});
beforeEach(() => {
  accounts += 1;
  answers = {
    '/methods': contactMethods('<method name="email"/>'),
    '/send': '<sendAuthenticationCode><status>success</status></sendAuthenticationCode>',
    '/verify': '<codeAuthentication><status>success</status></codeAuthentication>',
    '/other': `<a><status>success</status><account>${VICTIM}</account><verified>true</verified><code>123456</code></a>`,
  };
});

function edited(edits: Edits): string {
  return edits.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the shipped callflow does not hold: ${from}`);
    return text.replace(from, () => to);
  }, SHIPPED);
}

async function calls(callflow: string): Promise<Caller> {
  return world.caller().dials(callflow, { AccountNumber: String(accounts) });
}

describe('a callflow that leads to success by itself', () => {
  it.each(['card ok', 'Constructor', 'ѕuccess', 'unknown path', 'nothing known'])(
    'G47: by the status %j of verify-code: error, and nobody is verified',
    async (status) => {
      answers['/verify'] = `<codeAuthentication><status>${status}</status></codeAuthentication>`;
      const caller = await calls('verify-leads');
      await caller.presses('123456');
      expect(await world.counts(caller)).toMatchObject({ exit: 'error', grants: 0 });
    },
  );

  it.each(['card ok', 'Constructor', 'ѕuccess', 'unknown path'])(
    'G43: by the status %j of send-code: error, and nobody is verified',
    async (status) => {
      answers['/send'] = `<sendAuthenticationCode><status>${status}</status></sendAuthenticationCode>`;
      expect(await world.counts(await calls('send-leads'))).toMatchObject({ exit: 'error', grants: 0 });
    },
  );

  it.each(['success', 'right', 'granted'])(
    'by the status %j of any other service: error, and nobody is verified',
    async (status) => {
      answers['/other'] = `<a><status>${status}</status></a>`;
      expect(await world.counts(await calls('service-instead'))).toMatchObject({ exit: 'error', grants: 0 });
    },
  );

  it('after a right code, for the account of somebody else that a service names: error, and said to be unverified', async () => {
    const caller = await calls('service-after');
    await caller.presses('123456');
    expect(await world.counts(caller)).toMatchObject({ exit: 'error', grants: 1 });
    const address = new URL(caller.redirect);
    expect([address.searchParams.get('verified'), address.searchParams.get('AccountNumber')]).toEqual(['false', null]);
  });

  it('after a right code, for the same account by another spelling: success', async () => {
    answers['/other'] = `<a><status>success</status><account> ${accounts}&#160;</account></a>`;
    const caller = await calls('service-after');
    await caller.presses('123456');
    expect((await world.counts(caller)).exit).toBe('success');
    expect(new URL(caller.redirect).searchParams.get('verified')).toBe('true');
  });
});
