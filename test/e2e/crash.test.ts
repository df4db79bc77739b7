import type { ServerResponse } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { Line } from '../support/line.ts';
import { ServerProcesses, type ServerOptions } from '../support/server-processes.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';

const restarts: number[] = [];
const closers: (() => unknown)[] = [];
afterAll(async () => {
  await Promise.all(closers.map((close) => close()));
  console.log(`ready again after a crash: ${restarts.map((ms) => `${Math.round(ms)} ms`).join(', ')}`);
});

async function startServer(options: ServerOptions = {}): Promise<ServerProcesses> {
  const server = await ServerProcesses.start(options);
  closers.push(() => server.close());
  return server;
}

async function crash(server: ServerProcesses): Promise<void> {
  restarts.push(await server.crash());
}

/** A whole call: account, method, a wrong code, more options, more time, the right code, no further wish. */
const CALL: readonly ((caller: Caller, server: ServerProcesses) => Promise<unknown>)[] = [
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
    const server = await startServer();
    const run = async (crashBefore: number): Promise<unknown> => {
      const caller = new Line(server.address);
      for (const [index, act] of CALL.entries()) {
        if (index === crashBefore) await crash(server);
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
      const server = await startServer();
      const caller = new Line(server.address);
      await caller.dials('main');
      await caller.presses('1003');
      for (let tries = 0; tries < 3; tries++) {
        const { action } = caller;
        const wrong = { Digits: server.wrongCode };
        await caller.go(action, wrong);
        await crash(server);
        expect(await caller.post(action, wrong)).toEqual({ status: 200, body: caller.body });
      }
      expect(caller.dialled).toBe('+12025550199');
      expect(await server.counts(caller)).toMatchObject({ exit: 'agent', sends: 1, attempts: 3, grants: 0 });
    },
  );
});

/** A claim holds for 8 s: so long nobody takes a dead process's turn over, and the caller is sent round. */
const TAKE_OVER = 60_000;

const ONE_METHOD = contactMethods('<method name="email" value="ben@example.test"/>');

describe.concurrent('kill -9 in the middle of a turn, and the same webhook again', () => {
  it(
    'a look-up runs again, for what was typed first, whatever the repeat brings; the call goes on',
    { timeout: TAKE_OVER },
    async () => {
      const service = await slowService();
      const server = await startServer({ settings: { CONTACT_METHODS_URL: service.url }, hosts: [service.host] });
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
      const server = await startServer({ settings: { SMS_URL: gateway.url }, hosts: [gateway.host] });
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
    'a send that was asked for again: its code is closed, and the next wish brings another one',
    { timeout: TAKE_OVER },
    async () => {
      const gateway = await slowService();
      gateway.answer = (response) => response.writeHead(503).end();
      const server = await startServer({ settings: { SMS_URL: gateway.url }, hosts: [gateway.host] });
      const caller = new Line(server.address);
      await caller.dials('main');
      await caller.presses('1003');
      expect(caller.heard).toContain('we could not send your code');
      gateway.answer = () => undefined;
      await dieDuring({ server, caller, service: gateway, digits: '1' });
      await repeats(caller, '1');
      expect(caller.heard).toContain('we could not send your code');
      gateway.answer = (response) => response.end();
      await caller.presses('1');
      expect(caller.heard).toContain('We sent a code by text message');
      expect(caller.heard).not.toContain('on its way');
      expect(gateway.requests).toBe(3);
      expect(await server.counts(caller)).toMatchObject({ sends: 3 });
    },
  );

  it(
    'a task of a held line is lost with its process: its failed path, never a second send',
    { timeout: TAKE_OVER },
    async () => {
      const gateway = await slowService();
      const server = await startServer({
        settings: { SMS_URL: gateway.url, SMS_TIMEOUT: '20000' },
        hosts: [gateway.host],
      });
      const caller = new Line(server.address);
      await caller.dials('main');
      await caller.go(caller.action, { Digits: '1003' });
      expect(caller.heard).toBe('One moment, please.');
      await crash(server);
      await caller.waits();
      expect(caller.heard).toContain('we could not send your code');
      expect(gateway.requests).toBe(1);
      expect(await server.counts(caller)).toMatchObject({ sends: 1 });
    },
  );
});

interface SlowService extends StubServer {
  readonly requests: number;
  /** Resolves when the next request has come. */
  next(): Promise<void>;
  answer: (response: ServerResponse, body: string) => void;
}

/** Takes requests, and answers none of them until it is told how. */
async function slowService(): Promise<SlowService> {
  let requests = 0;
  let reach: () => void = () => undefined;
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
    next: () => new Promise((resolve) => (reach = resolve)),
    answer: () => undefined,
  };
  return service;
}

/** Posts keys, kills the server once they have reached the service, and starts it again. */
async function dieDuring(at: {
  readonly server: ServerProcesses;
  readonly caller: Caller;
  readonly service: SlowService;
  readonly digits: string;
}): Promise<void> {
  const reached = at.service.next();
  const once = new Caller(at.server.address, { call: at.caller.call });
  const lost = once.post(at.caller.action, { Digits: at.digits }).then(
    (answer) => answer.status,
    () => 'no answer',
  );
  await reached;
  await crash(at.server);
  expect(await lost).toBe('no answer');
}

/** What a platform does: the same webhook again, then wherever it is sent. */
async function repeats(caller: Caller, digits: string): Promise<void> {
  await caller.go(caller.action, { Digits: digits });
  while (caller.verbs.length === 1 && caller.verbs[0]?.verb === 'redirect') await caller.go(caller.redirect);
  await caller.waits();
}
