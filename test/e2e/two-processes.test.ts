/** Two servers on one store and under one public address: any of them may get any webhook, and many at the same moment. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, stepAt } from '../../src/adapters/codes/totp.ts';
import { Caller, type Answer } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';

/** Texts to one country in an hour. */
const TEXTS = 7;
/** Accounts that one number may ask about in an hour. */
const ACCOUNTS = 10;

let servers: ServerProcesses;
let service: StubServer;
/** The accounts that the service was asked about. */
const lookedUp: string[] = [];
async function open(store: 'sqlite' | 'postgres'): Promise<void> {
  lookedUp.length = 0;
  service = await httpStub((response, body) => {
    const account = new URLSearchParams(body).get('AccountNumber') ?? '';
    lookedUp.push(account);
    const email = `<method name="email" value="c${account}@example.test"/><method name="authenticator"/>`;
    const sms = `<method name="SMS" value="+120255501${account.slice(-2)}"/>`;
    response.end(contactMethods(account.startsWith('7') ? sms : email));
  });
  const settings = {
    CONTACT_METHODS_URL: service.url,
    SENDS_PER_COUNTRY: `${TEXTS}/1h`,
    LOOKUPS_PER_CALLER: `${ACCOUNTS}/1h`,
    LOG_LEVEL: 'silent',
  };
  servers = await ServerProcesses.start({ processes: 2, settings, hosts: [service.host], store });
}

/** A caller whose webhooks come to this process. */
function callerAt(process: number, options: ConstructorParameters<typeof Caller>[1] = {}): Caller {
  return new Caller(servers.addresses[process % servers.addresses.length] ?? servers.address, options);
}

/** Asked for the code that was emailed to this account: without an authenticator it has no other method. */
function asked(account: string, process = 0): Promise<Caller> {
  return callerAt(process).dials('two-factor', { AccountNumber: account });
}

function codesFor(account: string): readonly string[] {
  const messages = servers.demo.inbox.messages.filter(({ to }) => to === `c${account}@example.test`);
  return messages.map(({ code }) => code ?? '');
}

function codeFor(account: string): string {
  return codesFor(account).at(-1) ?? '';
}

/** Six digits that are not this code, another for each n. */
const wrong = (code: string, n: number): string => String((Number(code) + 1 + n) % 1_000_000).padStart(6, '0');

/** So many at the same moment, in turn at both processes. */
function atOnce<T>(many: number, act: (n: number) => Promise<T>): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: many }, (_, n) => act(n)));
}

/** What is no race itself, so that a slow machine has done it in the time that a caller waits. */
async function inWaves<T>(many: number, act: (n: number) => Promise<T>): Promise<readonly T[]> {
  const done: T[] = [];
  for (let from = 0; from < many; from += 20) done.push(...(await atOnce(20, (n) => act(from + n))));
  return done;
}

/** Keys at the question of a call, brought to one of the processes; whoever is sent round again goes there. */
function typed(caller: Caller, digits: string, process: number): Promise<Answer> {
  return answered(callerAt(process, { call: caller.call }), caller.action, { Digits: digits });
}

async function answered(
  caller: Caller,
  url: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  let answer = await caller.post(url, parameters);
  while (/<Response><Redirect[^>]*>[^<]+<\/Redirect><\/Response>/.test(answer.body))
    answer = await caller.post(url, parameters);
  return answer;
}

describe.each([
  ['SQLite file', 'sqlite'],
  ['PostgreSQL', 'postgres'],
] as const)('two processes on one %s', (_what, store) => {
  beforeAll(() => open(store));
  afterAll(async () => {
    await servers.close();
    await service.close();
  });

  it('100 wrong codes at once at one question: one is tried, and all hear the same', async () => {
    const caller = await asked('8001');
    const code = codeFor('8001');
    const answers = await atOnce(100, (n) => typed(caller, wrong(code, n), n));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await servers.counts(caller)).toMatchObject({ sends: 1, attempts: 1, grants: 0 });
  });

  it('100 wrong codes at once in 100 calls of one account: ten are tried, and the account is locked', async () => {
    const callers = await inWaves(100, (n) => asked('8002', n));
    const answers = await atOnce(100, (n) => typed(callers[n] ?? fail(), wrong('0', n), n + 1));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const counts = await Promise.all(callers.map((caller) => servers.counts(caller)));
    expect(counts.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(10);
    expect(counts.reduce((sum, { grants }) => sum + grants, 0)).toBe(0);
    expect((await servers.withStore((store) => store.standingOf('8002', Date.now()))).failures).toBe(10);
  });

  it('50 times the right code at once: one success, and all hear of it', async () => {
    const caller = await asked('8003');
    const code = codeFor('8003');
    const answers = await atOnce(50, (n) => typed(caller, code, n));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await servers.counts(caller)).toMatchObject({ attempts: 1, grants: 1 });
  });

  it('50 calls with the same code of an authenticator at once: one success', async () => {
    const secret = randomBytes(20);
    await servers.withStore(async (store) => {
      await store.addAuthenticator({ id: 'all-at-once', account: '8004', secret, now: Date.now() });
      await store.confirmAuthenticator({ id: 'all-at-once', step: 0, now: Date.now() });
    });
    const callers = await atOnce(50, async (n) => {
      const caller = await callerAt(n).dials('two-factor', { AccountNumber: '8004' });
      return caller.presses('2');
    });
    const code = codeOf(secret, stepAt(Date.now()));
    await atOnce(50, (n) => typed(callers[n] ?? fail(), code, n + 1));
    const counts = await Promise.all(callers.map((caller) => servers.counts(caller)));
    expect(counts.reduce((sum, { grants }) => sum + grants, 0)).toBe(1);
  });

  it('100 starts of one call at once: one code is sent, and all hear the same', async () => {
    const { call } = callerAt(0);
    const start = '/voice/two-factor?AccountNumber=8006';
    const answers = await atOnce(100, (n) => answered(callerAt(n, { call }), start));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(codesFor('8006')).toHaveLength(1);
  });

  it('100 wishes for a new code at once, in one call: one is sent, and all hear the same', async () => {
    const caller = await asked('8007');
    await caller.presses(wrong(codeFor('8007'), 1));
    await caller.presses('*');
    const answers = await atOnce(100, (n) => typed(caller, '2', n));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(codesFor('8007')).toHaveLength(2);
    expect(await servers.counts(caller)).toMatchObject({ sends: 2, attempts: 1 });
  });

  it('100 calls for texts to one country at once: as many go out as the country may have', async () => {
    const callers = await atOnce(100, (n) => {
      const account = String(7_000 + n);
      const caller = callerAt(n, { from: `+1404555${String(n).padStart(4, '0')}` });
      return caller.dials('two-factor', { AccountNumber: account });
    });
    expect(servers.demo.inbox.messages.filter(({ method }) => method === 'sms')).toHaveLength(TEXTS);
    expect(callers.filter(({ dialled }) => dialled === null)).toHaveLength(TEXTS);
  });

  it('one number asks about 100 accounts at once: so many are looked up as it may ask about', async () => {
    await atOnce(100, (n) => {
      const caller = callerAt(n, { from: '+14045559999' });
      return caller.dials('two-factor', { AccountNumber: String(9_000 + n) });
    });
    expect(lookedUp.filter((account) => account.startsWith('9'))).toHaveLength(ACCOUNTS);
  });

  it('the code of one call is refused in another of the same account, in the other process', async () => {
    const first = await asked('8005', 0);
    const code = codeFor('8005');
    const second = await asked('8005', 1);
    expect(codeFor('8005')).not.toBe(code);
    await second.presses(code);
    expect(second.heard).toContain('That code did not match');
    expect(await servers.counts(second)).toMatchObject({ attempts: 1, grants: 0 });
    await first.presses(code);
    expect(await servers.counts(first)).toMatchObject({ attempts: 1, grants: 1 });
  });
});

function fail(): never {
  throw new Error('there is no such call');
}
