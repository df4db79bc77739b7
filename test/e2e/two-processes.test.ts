/** Two servers on one store and under one public address: any of them may get any webhook, and many at the same moment. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, stepAt } from '../../src/adapters/codes/totp.ts';
import { Caller, type Answer } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';

let servers: ServerProcesses;
let service: StubServer;
beforeAll(async () => {
  service = await httpStub((response, body) => {
    const account = new URLSearchParams(body).get('AccountNumber') ?? '';
    response.end(
      contactMethods(`<method name="email" value="c${account}@example.test"/><method name="authenticator"/>`),
    );
  });
  const settings = { CONTACT_METHODS_URL: service.url, LOG_LEVEL: 'silent' };
  servers = await ServerProcesses.start({ processes: 2, settings, hosts: [service.host] });
});
afterAll(async () => {
  await servers.close();
  await service.close();
});

/** A caller whose webhooks come to this process first, and to the other one by `at(...)`. */
function callerAt(process: number, call?: string): Caller {
  const address = servers.addresses[process % servers.addresses.length] ?? servers.address;
  return new Caller(address, call === undefined ? {} : { call });
}

/** Asked for the code that was emailed to this account: without an authenticator it has no other method. */
function asked(account: string, process = 0): Promise<Caller> {
  return callerAt(process).dials('two-factor', { AccountNumber: account });
}

function codeFor(account: string): string {
  const codes = servers.demo.inbox.messages.filter(({ to }) => to === `c${account}@example.test`);
  return codes.at(-1)?.code ?? '';
}

/** Six digits that are not this code, another for each n. */
const wrong = (code: string, n: number): string => String((Number(code) + 1 + n) % 1_000_000).padStart(6, '0');

/** So many at the same moment, in turn at both processes. */
function atOnce<T>(many: number, act: (n: number) => Promise<T>): Promise<readonly T[]> {
  return Promise.all(Array.from({ length: many }, (_, n) => act(n)));
}

/** Keys at the question of a call, brought to one of the processes; whoever is sent round again goes there. */
async function typed(caller: Caller, digits: string, process: number): Promise<Answer> {
  const twin = callerAt(process, caller.call);
  let answer = await twin.post(caller.action, { Digits: digits });
  while (/<Response><Redirect[^>]*>[^<]+<\/Redirect><\/Response>/.test(answer.body))
    answer = await twin.post(caller.action, { Digits: digits });
  return answer;
}

describe('two processes on one store', () => {
  it('100 wrong codes at once at one question: one is tried, and all hear the same', async () => {
    const caller = await asked('8001');
    const code = codeFor('8001');
    const answers = await atOnce(100, (n) => typed(caller, wrong(code, n), n));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await servers.counts(caller)).toMatchObject({ sends: 1, attempts: 1, grants: 0 });
  });

  it('100 wrong codes at once in 100 calls of one account: ten are tried, and the account is locked', async () => {
    const callers = await atOnce(100, (n) => asked('8002', n));
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
