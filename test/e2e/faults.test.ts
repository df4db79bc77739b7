import { setTimeout as pause } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';
import { afterAll, describe, expect, it } from 'vitest';
import { Caller, said, type Answer } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { FaultProxy } from '../support/fault-proxy.ts';
import { closedStub, httpStub, silentStub, tcpStub, type StubServer } from '../support/stub-server.ts';
import { World, type WorldOptions } from '../support/world.ts';

/** What a platform allows is 15 s; what we promise is 5 (milliseconds). */
const PROMISED = 5_000;
const AGENT = '+12025550199';
const ONE_MOMENT = 'One moment, please.';

/** A caller with a stop watch, who keeps every document and stays on a held line as long as it takes. */
class TimedCaller extends Caller {
  readonly documents: string[] = [];
  slowest = 0;

  override async post(...request: Parameters<Caller['post']>): Promise<Answer> {
    const started = performance.now();
    const answer = await super.post(...request);
    this.slowest = Math.max(this.slowest, performance.now() - started);
    this.documents.push(answer.body);
    return answer;
  }

  override async waits(): Promise<this> {
    for (const since = performance.now(); this.isHeld;) {
      if (performance.now() - since > 20_000) throw new Error('the line was held for over 20 s');
      await pause(200);
      await this.go(this.redirect);
    }
    return this;
  }

  /** How often the caller was asked to be patient. */
  get moments(): number {
    return this.documents.filter((body) => said(body) === ONE_MOMENT).length;
  }
}

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

async function worldWith(options: WorldOptions): Promise<World> {
  const world = await World.open(options);
  closers.unshift(() => world.close());
  return world;
}

function kept(stub: StubServer): StubServer {
  closers.push(() => stub.close());
  return stub;
}

/** The settings that put a stub in the place of one of the company's services. */
const IN_PLACE_OF = {
  'the web service': ({ url, host }: StubServer) => ({ CONTACT_METHODS_URL: url, SERVICE_HOSTS: host }),
  SMTP: ({ port }: StubServer) => ({
    EMAIL_SMTP_HOST: '127.0.0.1',
    EMAIL_SMTP_PORT: String(port),
    EMAIL_SMTP_TLS: 'none',
  }),
  'the SMS gateway': ({ url, host }: StubServer) => ({
    SMS_URL: url,
    SMS_REQUEST_BODY: '{{text}}',
    SERVICE_HOSTS: host,
    SMS_TIMEOUT: '1000',
  }),
};

const answering = (status: number) => (): Promise<StubServer> =>
  httpStub((response) => response.writeHead(status).end());

/** A mail server that takes nobody, or no message. */
const refusingMail = (at: 'RCPT' | 'DATA') => async (): Promise<StubServer> => {
  const refuse = Object.assign(new Error('no'), { responseCode: 550 });
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo: (_address, _session, callback) => callback(at === 'RCPT' ? refuse : null),
    onData: (stream, _session, callback) => {
      stream.resume();
      stream.on('end', () => callback(refuse));
    },
  });
  smtp.on('error', () => undefined);
  return tcpStub((socket) => void smtp.server.emit('connection', socket));
};

describe.concurrent('the web service fails', () => {
  it.each<[how: string, stub: () => Promise<StubServer>]>([
    ['is down', closedStub],
    ['answers 500', answering(500)],
    ['answers 404', answering(404)],
    ['is silent', silentStub],
    ['answers something else', () => httpStub((response) => response.end('<html><p>Welcome'))],
  ])('because it %s: an apology, and a person; no turn takes over 5 s', { timeout: 20_000 }, async (_how, stub) => {
    const world = await worldWith({ settings: IN_PLACE_OF['the web service'](kept(await stub())) });
    const caller = new TimedCaller(world.address);
    await caller.dials('main');
    await caller.presses('1001');
    expect(caller.heard).toContain('Sorry, we have a technical problem.');
    expect(caller.dialled).toBe(AGENT);
    expect(caller.slowest).toBeLessThan(PROMISED);
    expect(await world.counts(caller)).toMatchObject({ exit: 'error', sends: 0, attempts: 0 });
  });

  it(
    'not, when it answers after 4 s and may take 10: the line is held, and the call goes on',
    { timeout: 20_000 },
    async () => {
      const slow = kept(
        await httpStub((response) => {
          setTimeout(() => {
            response.end(contactMethods('<method name="email" value="ana@example.test"/>'));
          }, 4_000);
        }),
      );
      const world = await worldWith({
        settings: IN_PLACE_OF['the web service'](slow),
        edit: { 'callflows/two-factor.yaml': [['timeout: 3s', 'timeout: 10s']] },
      });
      const caller = new TimedCaller(world.address);
      await caller.dials('main');
      await caller.presses('1001');
      expect(caller.moments).toBe(1);
      expect(caller.heard).toContain('We emailed a code');
      await caller.presses(world.code);
      expect(caller.slowest).toBeLessThan(PROMISED);
      expect(await world.counts(caller)).toMatchObject({ sends: 1, attempts: 1, grants: 1 });
    },
  );
});

it(
  'a callflow that asks a silent service again and again: the line is held for a minute at most',
  { timeout: 20_000 },
  async () => {
    const world = await worldWith({
      settings: IN_PLACE_OF['the web service'](kept(await silentStub())),
      edit: {
        'callflows/two-factor.yaml': [
          ['timeout: 3s', 'timeout: 10s'],
          ['failed: error }       # none', 'failed: find-methods }       # none'],
        ],
      },
      unchecked: true,
    });
    const caller = new TimedCaller(world.address);
    await caller.dials('main');
    await caller.go(caller.action, { Digits: '1001' });
    expect(caller.isHeld).toBe(true);
    world.clock.advance(30_000);
    await caller.go(caller.redirect);
    expect(caller.isHeld).toBe(true);
    world.clock.advance(30_000);
    await caller.go(caller.redirect);
    expect(caller.heard).toContain('Sorry, we have a technical problem.');
    expect(caller.dialled).toBe(AGENT);
  },
);

it('a system of codes that nobody reached has sent nothing: the send counts against no budget', async () => {
  const proxy = await FaultProxy.open();
  closers.push(() => proxy.close());
  const world = await worldWith({
    settings: {
      SEND_CODE_URL: `http://${proxy.host}/codes/send-code`,
      SERVICE_HOSTS: proxy.host,
      SENDS_PER_ACCOUNT: '1/24h',
    },
    edit: { 'callflows/two-factor.yaml': [['made-by: internal', 'made-by: external']] },
  });
  proxy.leadsTo(Number(new URL(world.company.codes.sendCodeUrl).port));
  const calls = () => world.caller().dials('two-factor', { AccountNumber: '1002' });
  await proxy.becomes('refuse');
  expect((await calls()).heard).toContain('Sorry, we could not send your code.');
  await proxy.becomes('pass');
  expect((await calls()).heard).toContain('We emailed a code');
  expect((await calls()).dialled).toBe(AGENT);
});

it('a mail server that fails again and again is left alone, and says so in the log once', async () => {
  const world = await worldWith({ settings: IN_PLACE_OF.SMTP(kept(await closedStub())) });
  for (let n = 0; n < 7; n++) {
    const caller = await world.caller().dials('two-factor', { AccountNumber: `900000${n}` });
    expect(caller.heard).toContain('Sorry, we could not send your code.');
  }
  const lines = world.log.split('\n').filter((line) => line.includes('"dependency":"email"'));
  expect(lines).toEqual([expect.stringContaining('"reason":"ECONNREFUSED"')]);
  expect(world.log.split('"reason":"circuit open"')).toHaveLength(3);
});

describe.concurrent('a code cannot be sent', () => {
  type Service = 'SMTP' | 'the SMS gateway';
  it.each<[service: Service, how: string, stub: () => Promise<StubServer>, held?: Record<string, string>]>([
    ['SMTP', 'is down', closedStub],
    ['SMTP', 'refuses the recipient', refusingMail('RCPT')],
    ['SMTP', 'refuses the message', refusingMail('DATA')],
    ['SMTP', 'hangs up', () => tcpStub((socket) => socket.end())],
    ['SMTP', 'is silent', silentStub, {}],
    ['the SMS gateway', 'is down', closedStub],
    ['the SMS gateway', 'answers 500', answering(500)],
    ['the SMS gateway', 'answers 404', answering(404)],
    ['the SMS gateway', 'is silent (G20)', silentStub],
    ['the SMS gateway', 'is silent for longer than a caller is (G20)', silentStub, { SMS_TIMEOUT: '4000' }],
  ])('%s %s: the caller hears so, and the other way works', { timeout: 30_000 }, async (service, _how, stub, held) => {
    const world = await worldWith({ settings: { ...IN_PLACE_OF[service](kept(await stub())), ...held } });
    const [broken, other] = service === 'SMTP' ? ['1', '2'] : ['2', '1'];
    const caller = new TimedCaller(world.address);
    await caller.dials('main');
    await caller.presses('1001');
    const sending = caller.presses(broken);
    const meanwhile = await wholeCall(world, other);
    await sending;
    expect(caller.heard).toContain('Sorry, we could not send your code.');
    expect(caller.moments).toBe(held === undefined ? 0 : 1);
    await caller.presses('2');
    await caller.presses(other);
    await caller.presses(world.code);
    expect(caller.heard).toContain('you are verified');
    expect(await world.counts(caller)).toMatchObject({ sends: 2, attempts: 1, grants: 1 });
    expect(caller.slowest).toBeLessThan(PROMISED);
    expect(meanwhile.slowest).toBeLessThan(2_000);
  });

  it(
    'a gateway that takes the message after 5 s: the line is held, and the call goes on',
    { timeout: 20_000 },
    async () => {
      let code = '';
      const slow = await httpStub((response, body) => {
        code = /\d{6}/.exec(body)?.[0] ?? '';
        setTimeout(() => response.end(), 5_000);
      });
      const world = await worldWith({
        settings: { ...IN_PLACE_OF['the SMS gateway'](kept(slow)), SMS_TIMEOUT: '9000' },
      });
      const caller = new TimedCaller(world.address);
      await caller.dials('main');
      await caller.presses('1003');
      expect(caller.moments).toBe(1);
      expect(caller.heard).toContain('We sent a code by text message');
      await caller.presses(code);
      expect(caller.slowest).toBeLessThan(PROMISED);
      expect(await world.counts(caller)).toMatchObject({ sends: 1, attempts: 1, grants: 1 });
    },
  );

  it('after 20 s it is given up; the code that comes in the end is good for nothing', { timeout: 20_000 }, async () => {
    const codes: string[] = [];
    const waiting: (() => void)[] = [];
    const slow = await httpStub((response, body) => {
      codes.push(/\d{6}/.exec(body)?.[0] ?? '');
      if (codes.length === 1) waiting.push(() => response.end());
      else response.end();
    });
    const world = await worldWith({
      settings: { ...IN_PLACE_OF['the SMS gateway'](kept(slow)), SMS_TIMEOUT: '20000' },
    });
    const caller = new TimedCaller(world.address);
    await caller.dials('main');
    await caller.go(caller.action, { Digits: '1003' });
    expect(caller.heard).toBe(ONE_MOMENT);
    world.clock.advance(20_000);
    await caller.go(caller.redirect);
    expect(caller.heard).toContain('Sorry, we could not send your code.');
    for (const release of waiting) release();
    await caller.presses('1');
    await caller.presses(codes[0] === codes[1] ? world.wrongCode : (codes[0] ?? ''));
    expect(caller.heard).toContain('did not match');
    await caller.presses(codes[1] ?? '');
    expect(await world.counts(caller)).toMatchObject({ sends: 2, attempts: 2, grants: 1 });
  });
});

/** Another call, while the first one waits: by the way that works. */
async function wholeCall(world: World, way: string): Promise<TimedCaller> {
  const caller = new TimedCaller(world.address);
  await caller.dials('main');
  await caller.presses('1001');
  await caller.presses(way);
  await caller.presses(world.code);
  expect((await world.counts(caller)).grants).toBe(1);
  return caller;
}
