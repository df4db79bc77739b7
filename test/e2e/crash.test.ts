import type { ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { Caller } from '../support/caller.ts';
import { Line, MortalServer, type Counts } from '../support/mortal-server.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';

const closers: (() => unknown)[] = [];
const restarts: (readonly number[])[] = [];
afterAll(async () => {
  await Promise.all(closers.map((close) => close()));
  const took = restarts.flat().map((ms) => `${Math.round(ms)} ms`);
  console.log(`ready again after a crash: ${took.join(', ')}`);
});

async function serverWith(...how: Parameters<typeof MortalServer.start>): Promise<MortalServer> {
  const server = await MortalServer.start(...how);
  closers.push(() => server.close());
  restarts.push(server.restarts);
  return server;
}

/** A whole call: account, method, a wrong code, more options, more time, the right code, no further wish. */
const CALL: readonly ((caller: Caller, server: MortalServer) => Promise<unknown>)[] = [
  (caller) => caller.dials('main'),
  (caller) => caller.presses('1001'),
  (caller) => caller.presses('2'),
  (caller, server) => caller.presses(server.wrongCode),
  (caller) => caller.presses('*'),
  (caller) => caller.presses('1'),
  (caller, server) => caller.presses(server.code),
  // Six digits need no pound: one empty result may be a leftover pound, and counts nothing.
  (caller) => caller.isSilent(),
  (caller) => caller.isSilent(),
];

describe.concurrent('kill -9 between two webhooks: the call goes on, and counts are those of an undisturbed call', () => {
  it('before every webhook in turn', { timeout: 90_000 }, async () => {
    const server = await serverWith();
    const run = async (crashBefore: number): Promise<Counts> => {
      const caller = new Line(server.address);
      for (const [index, act] of CALL.entries()) {
        if (index === crashBefore) await server.crash();
        await act(caller, server);
      }
      expect(caller.hasEnded).toBe(true);
      return server.counts(caller);
    };
    const undisturbed = await run(-1);
    expect(undisturbed).toEqual({ phase: 'ended', exit: 'success', turns: 9, sends: 1, attempts: 2, grants: 1 });
    for (let index = 1; index < CALL.length; index++)
      expect(await run(index), `crash before webhook ${index + 1}`).toEqual(undisturbed);
    expect(server.demo.inbox.messages).toHaveLength(CALL.length);
  });

  it(
    'wrong codes are remembered, and so are the replies to them: the third leaves, whatever dies in between',
    { timeout: 90_000 },
    async () => {
      const server = await serverWith();
      const caller = new Line(server.address);
      await caller.dials('main');
      await caller.presses('1003');
      for (let tries = 0; tries < 3; tries++) {
        const { action } = caller;
        const wrong = { Digits: server.wrongCode };
        await caller.go(action, wrong);
        await server.crash();
        expect(await caller.post(action, wrong)).toEqual({ status: 200, body: caller.body });
      }
      expect(caller.dialled).toBe('+12025550199');
      expect(await server.counts(caller)).toMatchObject({ exit: 'agent', sends: 1, attempts: 3, grants: 0 });
    },
  );
});

/** A claim holds for 8 s: so long nobody takes a dead process's turn over, and the caller is sent round. */
const TAKE_OVER = 60_000;

const ONE_METHOD =
  '<checkVerifiedContactMethods><status>success</status><methods><method name="email" value="ben@example.test"/></methods></checkVerifiedContactMethods>';

describe.concurrent('kill -9 in the middle of a turn, and the same webhook again', () => {
  it(
    'a look-up runs again, for what was typed first, whatever the repeat brings; the call goes on',
    { timeout: TAKE_OVER },
    async () => {
      const service = await slowService();
      const server = await serverWith({ CONTACT_METHODS_URL: service.url }, [service.host]);
      const caller = new Line(server.address);
      await caller.dials('main');
      await dieDuring({ server, caller, service, digits: '1002' });
      expect(service.requests).toBe(1);
      let asked = '';
      service.answer = (response, body) => {
        asked = body;
        response.end(ONE_METHOD);
      };
      await repeats(caller, '1003');
      expect({ requests: service.requests, asked }).toEqual({ requests: 2, asked: 'AccountNumber=1002' });
      expect(caller.heard).toContain('We emailed a code');
      await caller.presses(server.code);
      expect(await server.counts(caller)).toMatchObject({ sends: 1, attempts: 1, grants: 1 });
    },
  );

  it(
    'a send is not repeated: it takes its failed path, and another one goes out only when the caller asks',
    { timeout: TAKE_OVER },
    async () => {
      const gateway = await slowService();
      const server = await serverWith({ SMS_URL: gateway.url }, [gateway.host]);
      const caller = new Line(server.address);
      await caller.dials('main');
      await dieDuring({ server, caller, service: gateway, digits: '1003' });
      await repeats(caller, '1003');
      expect(gateway.requests).toBe(1);
      expect(caller.heard).toContain('we could not send your code');
      let code = '';
      gateway.answer = (response, body) => {
        code = /\d{6}/.exec((JSON.parse(body) as { text: string }).text)?.[0] ?? '';
        response.end();
      };
      await caller.presses('1');
      expect(gateway.requests).toBe(2);
      await caller.presses(code);
      expect(await server.counts(caller)).toMatchObject({ sends: 2, attempts: 1, grants: 1 });
    },
  );

  it(
    'a task of a held line is lost with its process: its failed path, never a second send',
    { timeout: TAKE_OVER },
    async () => {
      const gateway = await slowService();
      const server = await serverWith({ SMS_URL: gateway.url, SMS_TIMEOUT: '20000' }, [gateway.host]);
      const caller = new Line(server.address);
      await caller.dials('main');
      await caller.go(caller.action, { Digits: '1003' });
      expect(caller.heard).toBe('One moment, please.');
      await server.crash();
      await caller.waits();
      expect(caller.heard).toContain('we could not send your code');
      expect(gateway.requests).toBe(1);
      expect(await server.counts(caller)).toMatchObject({ sends: 1 });
    },
  );
});

interface SlowService extends StubServer {
  readonly requests: number;
  /** Resolves when the first request has come. */
  readonly reached: Promise<void>;
  answer: (response: ServerResponse, body: string) => void;
}

/** Takes requests, and answers none of them until it is told how. */
async function slowService(): Promise<SlowService> {
  let requests = 0;
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const stub = await httpStub((response, body) => {
    requests += 1;
    reach();
    service.answer(response, body);
  });
  closers.push(() => stub.close());
  const service: SlowService = {
    ...stub,
    get requests() {
      return requests;
    },
    reached,
    answer: () => undefined,
  };
  return service;
}

/** Posts keys, kills the server once they have reached the service, and starts it again. */
async function dieDuring(at: {
  readonly server: MortalServer;
  readonly caller: Caller;
  readonly service: SlowService;
  readonly digits: string;
}): Promise<void> {
  const once = new Caller(at.server.address, { call: at.caller.call });
  const lost = once.post(at.caller.action, { Digits: at.digits }).then(
    (answer) => answer.status,
    () => 'no answer',
  );
  await at.service.reached;
  await at.server.crash();
  expect(await lost).toBe('no answer');
}

/** What a platform does: the same webhook again, then wherever it is sent. */
async function repeats(caller: Caller, digits: string): Promise<void> {
  await caller.go(caller.action, { Digits: digits });
  while (caller.verbs.length === 1 && caller.verbs[0]?.verb === 'redirect') await caller.go(caller.redirect);
  await caller.waits();
}
