/**
 * Every dependency under every fault, behind a proxy that is switched while calls run: security.md 8, "dependency faults
 * contained". The table is printed at the end.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { FaultProxy, type Fault } from '../support/fault-proxy.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { twilioStub, type TwilioStub } from '../support/twilio-stub.ts';
import { World } from '../support/world.ts';

/** Milliseconds. The second is over what a caller waits for in silence: the line is held. */
const [SHORT, LONG] = [1_000, 4_000];
const MARGIN = 250;
/** A held line looks for the result every 100 ms, and that is a turn. */
const POLL = 250;
const BACK_WITHIN = 5_000;
const DELAY = 100;

const FAULTS: readonly Exclude<Fault, 'pass'>[] = [
  'refuse',
  'reset',
  'reset after the request',
  'black hole',
  'drip',
  'truncate',
  { delay: DELAY },
];

const nameOf = (fault: Fault): string => (typeof fault === 'string' ? fault : `${fault.delay} ms late`);

const DEPENDENCIES = [
  'contact methods',
  'send-code service',
  'verify-code service',
  'other service',
  'SMTP server',
  'SMS gateway',
  'Twilio, text messages',
  'Twilio, calls',
] as const;
type Name = (typeof DEPENDENCIES)[number];

/** What stands behind the proxies, and the two servers: one with a gateway, one with Twilio. */
interface Rig {
  readonly company: StubServer;
  readonly twilio: TwilioStub;
  readonly proxies: Readonly<Record<'methods' | 'send' | 'verify' | 'other' | 'smtp' | 'sms' | 'twilio', FaultProxy>>;
  readonly byGateway: World;
  readonly byTwilio: World;
  /** What the contact-methods service lists. */
  listed: string;
}

let rig: Rig;
let account = 9_200_000;

const SHIPPED = readFileSync('callflows/two-factor.yaml', 'utf8');
const TIMEOUTS = Array.from({ length: 3 }, () => ['    timeout: 3s', `    timeout: ${SHORT}ms`] as const);
const SENDER = [
  '    sms:   { from: "+12025550100" }',
  '    sms:   { from: "+12025550100" }\n    voice: { from: "+12025550177" }',
] as const;

function answerOf(url: string, body: string): string {
  if (url === '/methods') return contactMethods(rig.listed);
  if (url === '/send') return '<sendAuthenticationCode><status>success</status></sendAuthenticationCode>';
  if (url === '/balance') return '<balance><status>success</status><amount>128.40</amount></balance>';
  const right = new URLSearchParams(body).get('authCode_nbest1') === '123456';
  return `<codeAuthentication><status>${right ? 'success' : 'incorrect code'}</status></codeAuthentication>`;
}

beforeAll(async () => {
  const company = await httpStub((response, body, { url = '' }) => void response.end(answerOf(url, body)));
  const twilio = await twilioStub();
  const names = ['methods', 'send', 'verify', 'other', 'smtp', 'sms', 'twilio'] as const;
  const opened = await Promise.all(names.map(async (name) => [name, await FaultProxy.open()] as const));
  const proxies = Object.fromEntries(opened) as Rig['proxies'];
  const at = (name: keyof typeof proxies, path: string): string => `http://${proxies[name].host}${path}`;
  const settings = {
    CONTACT_METHODS_URL: at('methods', '/methods'),
    SEND_CODE_URL: at('send', '/send'),
    VERIFY_CODE_URL: at('verify', '/verify'),
    CALLFLOW_BALANCE_URL: at('other', '/balance'),
    SERVICE_HOSTS: '127.0.0.1',
    SENDS_PER_ACCOUNT: '2/24h',
    EMAIL_SMTP_TIMEOUT: String(SHORT),
  };
  const edit = {
    'callflows/two-factor.yaml': [SENDER, ...TIMEOUTS],
    'callflows/main.yaml': [['timeout: 3s', `timeout: ${SHORT}ms`] as const],
  };
  const external = [
    ['callflow: two-factor', 'callflow: external'],
    ['made-by: internal', 'made-by: external'],
    ...TIMEOUTS,
  ].reduce((text, [from = '', to = '']) => text.replace(from, to), SHIPPED);
  const prompts = readFileSync('prompts/en-US/two-factor.yaml', 'utf8');
  const byGateway = await World.open({
    settings: {
      ...settings,
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_PORT: String(proxies.smtp.port),
      EMAIL_SMTP_TLS: 'none',
      SMS_URL: at('sms', '/messages'),
      SMS_REQUEST_HEADERS: '"Content-Type:application/json"',
      SMS_REQUEST_BODY: '{"to":"{{to}}","from":"{{from}}","text":"{{text}}","report":"{{report}}"}',
      SMS_TIMEOUT: String(SHORT),
    },
    edit,
    files: { 'callflows/external.yaml': external, 'prompts/en-US/external.yaml': prompts },
  });
  const byTwilio = await World.open({
    settings: { ...settings, ...twilio.settings, TWILIO_API_URL: at('twilio', ''), SMS_TIMEOUT: String(LONG) },
    edit,
  });
  twilio.fills(byTwilio.inbox);
  for (const name of ['methods', 'send', 'verify', 'other'] as const) proxies[name].leadsTo(company.port);
  proxies.smtp.leadsTo(byGateway.company.smtp.port);
  proxies.sms.leadsTo(Number(new URL(byGateway.company.sms.url).port));
  proxies.twilio.leadsTo(Number(new URL(twilio.settings['TWILIO_API_URL'] ?? '').port));
  rig = { company, twilio, proxies, byGateway, byTwilio, listed: '' };
  // What is loaded with the first calls is no matter of faults.
  for (const name of DEPENDENCIES) await meets(name, String((account += 1)));
}, 60_000);

const table: string[][] = [];
afterAll(async () => {
  const head = ['dependency', 'fault', 'path', 'ms', 'turns of others', 'their p99'];
  const widths = head.map((each, n) => Math.max(each.length, ...table.map((row) => row[n]?.length ?? 0)));
  const line = (row: readonly string[]): string => row.map((each, n) => each.padEnd(widths[n] ?? 0)).join('  ');
  console.log([head, ...table].map(line).join('\n'));
  await rig.byGateway.close();
  await rig.byTwilio.close();
  for (const proxy of Object.values(rig.proxies)) await proxy.close();
  await rig.twilio.close();
  await rig.company.close();
}, 60_000);

/** How a dependency is used in a call, and where that leads. */
interface Row {
  readonly proxy: keyof Rig['proxies'];
  readonly timeout: number;
  /** What the customer's system lists. */
  readonly lists: string;
  readonly callflow: 'two-factor' | 'external' | 'main';
  /** What the caller does before the dependency is asked. */
  readonly before?: (caller: Caller, account: string) => Promise<unknown>;
  /** The turn in which it is. */
  readonly asks: (caller: Caller, account: string) => Promise<unknown>;
  readonly works: readonly [path: string, heard: string, counts: object];
  readonly fails: readonly [path: string, heard: string, counts: object];
  readonly sends?: true;
}

const world = (name: Name): World => (name.startsWith('Twilio') ? rig.byTwilio : rig.byGateway);
const starts = (callflow: string) => (caller: Caller, number: string) =>
  caller.dials(callflow, { AccountNumber: number });
const EMAIL = '<method name="email" value="ana@example.test"/>';
const SMS = '<method name="SMS" value="+12025550121"/>';
const VOICE = '<method name="voice" value="+12025550156"/>';
const NOT_SENT = ['unreachable', 'could not send your code', { sends: 1, attempts: 0, grants: 0 }] as const;
const sent = (heard: string) => ['sent', heard, { sends: 1, attempts: 0, grants: 0 }] as const;
const sending = (lists: string, heard: string, callflow: 'two-factor' | 'external' = 'two-factor') =>
  ({ lists, callflow, asks: starts(callflow), works: sent(heard), fails: NOT_SENT, sends: true }) as const;

const ROWS: Readonly<Record<Name, Row>> = {
  'contact methods': {
    proxy: 'methods',
    timeout: SHORT,
    lists: EMAIL,
    callflow: 'two-factor',
    asks: starts('two-factor'),
    works: ['found', 'We emailed a code', { grants: 0 }],
    fails: ['failed', 'we have a technical problem', { exit: 'error', sends: 0, attempts: 0, grants: 0 }],
  },
  'send-code service': { proxy: 'send', timeout: SHORT, ...sending(EMAIL, 'We emailed a code', 'external') },
  'verify-code service': {
    proxy: 'verify',
    timeout: SHORT,
    lists: EMAIL,
    callflow: 'external',
    before: starts('external'),
    asks: (caller) => caller.presses('123456'),
    works: ['right', 'you are verified', { exit: 'success', attempts: 1, grants: 1 }],
    fails: ['error', 'we have a technical problem', { exit: 'error', attempts: 0, grants: 0 }],
  },
  'other service': {
    proxy: 'other',
    timeout: SHORT,
    lists: EMAIL,
    callflow: 'main',
    async before(caller, number) {
      await caller.dials('main');
      await caller.presses(number);
    },
    asks: (caller) => caller.presses(rig.byGateway.code),
    works: ['success', 'Your balance is', { attempts: 1, grants: 1 }],
    fails: ['failed', 'cannot look up your balance', { attempts: 1, grants: 1 }],
  },
  'SMTP server': { proxy: 'smtp', timeout: SHORT, ...sending(EMAIL, 'We emailed a code') },
  'SMS gateway': { proxy: 'sms', timeout: SHORT, ...sending(SMS, 'We sent a code by text message') },
  'Twilio, text messages': { proxy: 'twilio', timeout: LONG, ...sending(SMS, 'We sent a code by text message') },
  'Twilio, calls': { proxy: 'twilio', timeout: LONG, ...sending(VOICE, 'We are calling') },
};

interface Met {
  readonly caller: Caller;
  readonly ms: number;
}

/** A call up to the turn that asks the dependency, and how long that took until something was said. */
async function meets(name: Name, number: string, fault: Fault = 'pass'): Promise<Met> {
  const row = ROWS[name];
  rig.listed = row.lists;
  const caller = world(name).caller();
  await row.before?.(caller, number);
  await rig.proxies[row.proxy].becomes(fault);
  const since = performance.now();
  await row.asks(caller, number);
  return { caller, ms: performance.now() - since };
}

/** The times of the turns of calls that do not use the dependency, while something else goes on. */
async function othersDuring(name: Name, act: Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = [];
  const over = new AbortController();
  const timed = async (turn: () => Promise<unknown>): Promise<void> => {
    const since = performance.now();
    await turn();
    took.push(performance.now() - since);
    await pause(20);
  };
  const other = async (): Promise<void> => {
    do {
      const caller = world(name).caller();
      await timed(() => caller.dials('main'));
      await timed(() => caller.isSilent());
    } while (!over.signal.aborted);
  };
  const others = Promise.all([other(), other()]);
  await act.finally(() => over.abort());
  await others;
  return took.toSorted((one, two) => one - two);
}

const p99 = (sorted: readonly number[]): number => sorted[Math.ceil(sorted.length * 0.99) - 1] ?? 0;

async function expectPath(name: Name, { caller }: Met, [, heard, counts]: Row['works']): Promise<void> {
  expect(caller.heard).toContain(heard);
  expect(await world(name).counts(caller)).toMatchObject(counts);
}

describe.each(DEPENDENCIES)('%s', (name) => {
  const row = ROWS[name];
  const turnsOfOthers: number[] = [];

  it.each(FAULTS.map((fault) => [nameOf(fault), fault] as const))('%s', async (what, fault) => {
    account += 1;
    const number = String(account);
    const meeting = meets(name, number, fault);
    const others = await othersDuring(name, meeting);
    turnsOfOthers.push(...others);
    const met = await meeting;
    const isLate = typeof fault === 'object';
    const outcome = isLate ? row.works : row.fails;
    table.push([name, what, outcome[0], met.ms.toFixed(0), String(others.length), p99(others).toFixed(0)]);
    await expectPath(name, met, outcome);
    expect(met.ms).toBeLessThan(row.timeout + MARGIN + (row.timeout === LONG ? POLL : 0));

    await rig.proxies[row.proxy].becomes('pass');
    await expectPath(name, await meets(name, number), row.works);
    // Two sends are allowed for an account: the third goes out only where the first never left.
    if (row.sends === undefined || what === 'reset') return;
    const { caller } = await meets(name, number);
    expect(caller.heard.includes(row.works[1])).toBe(what === 'refuse');
  });

  it('all the while others are answered', () => {
    const sorted = turnsOfOthers.toSorted((one, two) => one - two);
    table.push([name, 'all of these', '-', '-', String(sorted.length), p99(sorted).toFixed(0)]);
    expect(p99(sorted)).toBeLessThan(MARGIN);
  });

  it('is left alone after five faults, and is back within 5 s of its repair', async () => {
    const left = (): number => world(name).log.split('"reason":"circuit open"').length;
    for (let n = 0; n < 5; n++) await meets(name, String((account += 1)), 'refuse');
    const before = left();
    await meets(name, String((account += 1)), 'refuse');
    expect(left()).toBe(before + 1);
    await rig.proxies[row.proxy].becomes('pass');
    const repaired = performance.now();
    for (;;) {
      const { caller } = await meets(name, String((account += 1)));
      if (caller.heard.includes(row.works[1])) break;
      expect(performance.now() - repaired).toBeLessThan(BACK_WITHIN);
      await pause(100);
    }
    table.push([name, 'circuit open', row.works[0], (performance.now() - repaired).toFixed(0), '-', '-']);
  });
});
