/** What an attacker, a broken platform or an unlucky moment can do to a call, over signed HTTP. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEASE } from '../../src/app/limits.ts';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { Platform } from '../support/platform.ts';
import { World, type WorldOptions } from '../support/world.ts';

const AGENT = '+12025550199';
const HANGUP = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';
const TWO_FACTOR = 'callflows/two-factor.yaml';
const ENTER_CODE = /Enter the 6 digits now/;
const second = 1_000;
const minute = 60 * second;

const worlds: World[] = [];
const services: http.Server[] = [];
async function worldWith(options: WorldOptions = {}): Promise<World> {
  const world = await World.open(options);
  worlds.push(world);
  return world;
}
let world: World;
beforeAll(async () => {
  world = await worldWith();
});
afterAll(async () => {
  for (const each of worlds) await each.close();
  for (const each of services) each.close();
});

let accounts = 500_000;
function freshAccount(): string {
  accounts += 1;
  return `9${accounts}`;
}

/** A service that answers when it is told to; `asked` resolves at each request. */
class SlowService {
  readonly server: http.Server;
  requests = 0;
  atOnce = false;
  private last = '';
  private waiting: http.ServerResponse[] = [];
  private readonly answer: string;

  private constructor(server: http.Server, answer: string) {
    this.server = server;
    this.answer = answer;
  }

  static async open(answer: string): Promise<SlowService> {
    const server = http.createServer();
    const service = new SlowService(server, answer);
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        service.requests += 1;
        service.last = new URLSearchParams(body).get('text') ?? '';
        service.waiting.push(response);
        if (service.atOnce) service.answers();
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    services.push(server);
    return service;
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The code in the newest message. */
  get code(): string {
    return /\d{6}/.exec(this.last)?.[0] ?? '';
  }

  async asked(times: number): Promise<void> {
    while (this.requests < times) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** The request that waits now, to be answered on its own. */
  keepsBack(): http.ServerResponse {
    const [kept] = this.waiting.splice(0);
    if (kept === undefined) throw new Error('no request waits');
    return kept;
  }

  answers(status = 200): void {
    for (const response of this.waiting.splice(0)) response.writeHead(status, { connection: 'close' }).end(this.answer);
  }
}

function smsBy(gateway: SlowService): Record<string, string> {
  return {
    SMS_METHOD: 'POST',
    SMS_URL: `http://${gateway.host}/`,
    SMS_REQUEST_HEADERS: '"Content-Type:application/x-www-form-urlencoded"',
    SMS_REQUEST_BODY: 'to={{to}}&text={{text}}',
    SMS_TIMEOUT: '10000',
    SERVICE_HOSTS: gateway.host,
  };
}

const BY_EMAIL = (account: string): string =>
  contactMethods(`<method name="email" value="slow-${account}@example.test"/>`);

async function asked(at: World = world, account = freshAccount()): Promise<Caller> {
  const caller = await at.caller().dials('two-factor', { AccountNumber: account });
  expect(caller.heard).toMatch(ENTER_CODE);
  return caller;
}

describe('fallback beside a turn in flight', () => {
  it('the turn that was overtaken by a fallback is never answered with a Redirect to itself', async () => {
    const service = await SlowService.open(BY_EMAIL('1'));
    const slow = await worldWith({
      settings: { CONTACT_METHODS_URL: `http://${service.host}/`, SERVICE_HOSTS: service.host },
    });
    const caller = await slow.caller().dials('main');
    const { action } = caller;
    const turn = caller.post(action, { Digits: '1002' });
    await service.asked(1);
    const fallback = caller.post('/voice/fallback', { ErrorUrl: 'https://elsewhere.example/', ErrorCode: '11200' });
    await new Promise((resolve) => setTimeout(resolve, 200));
    slow.clock.advance(4_100);
    await fallback;
    service.answers();
    caller.body = (await turn).body;
    expect(caller.redirect).not.toBe(action);
    await caller.waits();
    expect(caller.heard).toMatch(ENTER_CODE);
  });

  it('the start whose process died is run by the fallback for its URL', async () => {
    const caller = world.caller();
    const account = freshAccount();
    const query = JSON.stringify([['AccountNumber', account]]);
    await world.claims(caller.call, { kind: 'start', callflow: 'two-factor', query }, { type: 'back' });
    world.clock.advance(LEASE + 1);
    await caller.go('/voice/fallback', {
      ErrorUrl: `${world.address.publicUrl}/voice/two-factor?AccountNumber=${account}`,
      ErrorCode: '11200',
    });
    expect(caller.heard).toMatch(ENTER_CODE);
    expect(await world.counts(caller)).toMatchObject({ entries: 1, sends: 1 });
  });
});

describe('callflows that lead in circles', () => {
  it.each([
    [
      'sends',
      [['sends:             { most: 3, then: agent }', 'sends:             { most: 1, then: choose-method }']],
      '1002',
    ],
    [
      'failed look-ups',
      [
        ['failed: error }       # none', 'failed: find-methods }       # none'],
        ['"${CONTACT_METHODS_URL}"', '"http://192.0.2.1:1/"'],
      ],
      '1002',
    ],
  ] as const)(
    '%s: a turn always ends; the call leaves by error',
    async (_what, edits, account) => {
      const circle = await worldWith({ edit: { [TWO_FACTOR]: edits }, unchecked: true });
      const caller = await circle.caller().dials('two-factor', { AccountNumber: account });
      if (caller.dialled === null) {
        circle.clock.advance(21 * second);
        await caller.presses('*');
        await caller.presses('2');
      }
      expect(caller.heard).toMatch(/technical problem/);
      expect(caller.dialled).toBe(AGENT);
    },
    5_000,
  );
});

describe('a captured start', () => {
  const form = (call: string): [string, string][] => [
    ['AccountSid', `AC${'0'.repeat(32)}`],
    ['ApiVersion', '2010-04-01'],
    ['CallSid', call],
    ['CallStatus', 'ringing'],
    ['Called', '+12025550100'],
    ['From', '+12025550123'],
    ['To', '+12025550100'],
  ];

  it('cannot be cut up so that it opens another call: names and values are not kept apart by the signature', async () => {
    const platform = new Platform(world.address);
    try {
      const account = freshAccount();
      const target = `/voice/two-factor?AccountNumber=${account}`;
      const call = 'CA0123456789abcdef0123456789abcdef';
      const signed = { form: form(call) };
      const before = world.codesSent;
      await platform.send({ target, form: form(call) });
      expect(world.codesSent - before).toBe(1);
      const rest = 'CallStatusringingCalled+12025550100From+12025550123To+12025550100';
      const cuts: [string, string][][] = [
        // CallSid takes in what follows it.
        [...form(call).slice(0, 2), ['CallSid', `${call}CallStatusringing`], ...form(call).slice(4)],
        // CallSid gives up its end to a name that sorts last.
        [...form(call).slice(0, 2), ['CallSid', 'CA0123456789'], [`abcdef0123456789abcdef${rest}`, '']],
        [...form(call).slice(0, 2), ['CallSid', 'CA0123456789'], ['abcdef0123456789abcdefCall', rest.slice(4)]],
      ];
      for (const cut of cuts) {
        const answer = await platform.send({ target, form: cut, signed });
        expect(answer.status).toBe(403);
      }
      // The address gives up its end.
      const shorter = await platform.send({
        target: target.slice(0, -1),
        form: [[`${account.slice(-1)}AccountSid`, `AC${'0'.repeat(32)}`], ...form(call).slice(1)],
        signed: { target, form: form(call) },
      });
      expect(shorter.status).toBe(403);
      // The address takes in what follows it.
      const longer = await platform.send({
        target: `${target}AccountSidAC${'0'.repeat(32)}`,
        form: form(call).slice(1),
        signed: { target, form: form(call) },
      });
      expect(longer.status).toBe(403);
      expect(world.codesSent - before).toBe(1);
    } finally {
      await platform.close();
    }
  });
});

describe('held tasks', () => {
  it('a result that comes after 20 s is dropped, also when nobody has polled since', async () => {
    const service = await SlowService.open(BY_EMAIL('2'));
    const slow = await worldWith({
      settings: { CONTACT_METHODS_URL: `http://${service.host}/`, SERVICE_HOSTS: service.host },
      edit: { [TWO_FACTOR]: [['timeout: 3s', 'timeout: 15s']] },
    });
    const caller = slow.caller();
    await caller.go('/voice/two-factor?AccountNumber=1002', { CallStatus: 'ringing' });
    expect(caller.heard).toBe('One moment, please.');
    slow.clock.advance(20_001);
    service.answers();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await caller.waits();
    expect(caller.heard).toMatch(/technical problem/);
    expect(slow.inbox.messages).toHaveLength(0);
  }, 10_000);

  it('the prompts that wait to be said come after the line was held, in their order, and "one moment" once', async () => {
    const service = await SlowService.open(BY_EMAIL('3'));
    const slow = await worldWith({
      settings: { CONTACT_METHODS_URL: `http://${service.host}/`, SERVICE_HOSTS: service.host },
      edit: { [TWO_FACTOR]: [['timeout: 3s', 'timeout: 15s']] },
    });
    const caller = slow.caller();
    await caller.go('/voice/two-factor?AccountNumber=1002', { CallStatus: 'ringing' });
    expect(caller.heard).toBe('One moment, please.');
    await caller.go(caller.redirect);
    expect(caller.heard).toBe('');
    service.answers();
    await caller.waits();
    expect(caller.heard).toMatch(/^Before we go on, we need to check that it is you\. We emailed a code/);
  }, 10_000);

  it('a send that fails late closes its own code and not the newer one of another entry', async () => {
    const gateway = await SlowService.open('');
    const slow = await worldWith({ settings: smsBy(gateway) });
    const caller = slow.caller();
    const first = caller.post('/voice/two-factor?AccountNumber=1003');
    await gateway.asked(1);
    await caller.dials('two-factor', { AccountNumber: '1002' });
    expect(caller.heard).toMatch(ENTER_CODE);
    gateway.answers(500);
    await first;
    await caller.presses(slow.code);
    expect(await slow.counts(caller)).toMatchObject({ exit: 'success', sends: 2 });
  }, 10_000);
});

describe('one account and the address of another', () => {
  it('a code never goes to the address that was found for another account, also when the account is an nbest variable', async () => {
    const odd = await worldWith({
      unchecked: true,
      edit: {
        [TWO_FACTOR]: [
          ['account: AccountNumber', 'account: AccountNumber_nbest1'],
          ['start: greet', 'start: ask-account'],
          [
            'blocks:\n',
            'blocks:\n  ask-account: { collect: enter-code, digits: 4, save-as: AccountNumber, next: greet }\n  other-account: { collect: enter-code, digits: 4, save-as: AccountNumber, next: send }\n',
          ],
          ['keys: { 1: more-time, 2: send', 'keys: { 1: other-account, 2: send'],
        ],
        'prompts/en-US/two-factor.yaml': [['more-time: "To', 'other-account: "To']],
        'prompts/es-ES/two-factor.yaml': [['more-time: "Para', 'other-account: "Para']],
      },
    });
    const caller = await odd.caller().dials('two-factor');
    await caller.presses('1002');
    await caller.presses('*');
    await caller.presses('1');
    await caller.presses('1001');
    expect(odd.inbox.messages).toHaveLength(1);
    expect(await odd.counts(caller)).toMatchObject({ grants: 0 });
  });
});

describe('leaving by fault', () => {
  const files = {
    'callflows/outer.yaml': `
callflow: outer
start: go
exits:
  gone: { say: goodbye, hang-up: true }
  agent: { say: transferring, dial: "\${AGENT_NUMBER}" }
blocks:
  go: { link: inner, paths: { error: gone, done: agent } }
`,
    'callflows/inner.yaml': `
callflow: inner
start: ask
exits:
  done: { returns: done }
  error: { say: technical-problem, returns: error }
blocks:
  ask: { collect: silence, digits: 4, save-as: Number, next: done }
`,
    'callflows/circle.yaml': `
callflow: circle
start: go
exits:
  done: { hang-up: true }
blocks:
  go: { link: circle, paths: {} }
`,
  };
  let odd: World;
  beforeAll(async () => {
    odd = await worldWith({ files, unchecked: true });
  });

  it('an `error` exit that returns to the linking callflow is taken there', async () => {
    const caller = await odd.caller().dials('outer');
    await caller.go('/voice/fallback', { ErrorUrl: caller.action, ErrorCode: '12100' });
    expect(caller.heard).toMatch(/^Sorry, we have a technical problem\./);
    expect((await odd.counts(caller)).exit).not.toBeNull();
  });

  it('a callflow that links to itself for ever is a technical problem, and the way to a person stays open', async () => {
    const caller = await odd.caller().dials('circle');
    expect(caller.heard).toBe('Sorry, we have a technical problem.');
    expect(caller.dialled).toBe(AGENT);
    await caller.go(caller.dialAction, { DialCallStatus: 'busy' });
    expect(caller.heard).toMatch(/no one is available/);
  });
});

describe('odd requests at a question', () => {
  it('a DialCallStatus that belongs to no dial is no silence', async () => {
    const caller = await asked();
    for (let n = 0; n < 4; n++) await caller.post(caller.action, { DialCallStatus: 'completed' });
    await caller.presses(world.code);
    expect(caller.heard).toMatch(/you are verified/);
  });

  it.each([
    ['empty', ''],
    ['blank', ' '],
    ['of another script', '١٢٣٤٥٦'],
    ['full-width', '１２３４５６'],
    ['percent signs', '%00'],
    ['with a NUL', '123456\u0000'],
    ['with a wait', 'w123456'],
    ['10 kB long', '1234567890'.repeat(1000)],
    ['short', '12345'],
    ['long', '1234567'],
    ['negative', '-12345'],
    ['a number of another notation', '1e5'],
  ])('Digits %s: never an attempt, never in, never 5xx', async (_what, digits) => {
    const caller = await asked();
    const answer = await caller.post(caller.action, { Digits: digits });
    expect(answer.status).toBe(200);
    expect(await world.counts(caller)).toMatchObject({ attempts: 0, grants: 0, phase: 'active' });
  });
});

describe('ten different guesses for one question at the same moment', () => {
  it('are one attempt; the others get its answer', async () => {
    const caller = await asked();
    const right = world.code;
    const guesses = Array.from({ length: 10 }, (_, n) => String((Number(right) + n) % 1_000_000).padStart(6, '0'));
    const { action } = caller;
    const replies = await Promise.all(guesses.reverse().map((Digits) => caller.post(action, { Digits })));
    expect(new Set(replies.map(({ body }) => body)).size).toBe(1);
    expect(await world.counts(caller)).toMatchObject({ attempts: 1 });
  });
});

describe('a test call', () => {
  it('D16: is chosen at the first start: a later start of the call to a test number changes nothing', async () => {
    const service = await SlowService.open(BY_EMAIL('7'));
    service.atOnce = true;
    const tested = await worldWith({
      settings: {
        TEST_NUMBERS: '+12025550111',
        CONTACT_METHODS_TEST_URL: `http://${service.host}/`,
        SERVICE_HOSTS: service.host,
      },
    });
    const caller = await tested.caller().dials('two-factor', { AccountNumber: '1002' });
    const later = await tested
      .caller({ call: caller.call, to: '+12025550111' })
      .dials('two-factor', { AccountNumber: '1003' });
    expect(later.heard).toMatch(ENTER_CODE);
    expect(service.requests).toBe(0);
    await tested.caller({ to: '+12025550111' }).dials('two-factor', { AccountNumber: '1002' });
    expect(service.requests).toBe(1);
  });
});

describe('account numbers', () => {
  it('stand nowhere in the clear: not in the log, not in the store', async () => {
    const account = '9731846520731';
    const typed = await world.caller().dials('two-factor', { AccountNumber: account });
    expect(typed.dialled).toBe(AGENT);
    const keyed = await world.caller().dials('main');
    await keyed.presses('973184652073');
    const known = freshAccount();
    const caller = await asked(world, known);
    await caller.presses(world.wrongCode);
    const found = await world.leaks([
      { code: account, to: '973184652073', report: known },
      { code: caller.from, to: caller.from, report: `bulk-${known}` },
    ]);
    expect(found).toEqual([]);
  });
});

describe('clocks that step', () => {
  it('back beyond the issue: the code is dead, and does not come to life again', async () => {
    const caller = await asked();
    const code = world.code;
    world.clock.advance(-minute);
    try {
      await caller.presses(code);
      expect(caller.heard).toMatch(/cannot be used any more/);
    } finally {
      world.clock.advance(minute);
    }
    await caller.presses(code === world.code ? world.wrongCode : code);
    expect(caller.heard).toMatch(/did not match/);
    expect(await world.counts(caller)).toMatchObject({ grants: 0 });
  });
});

describe('the lock under parallel calls', () => {
  it('at nine failures at most one of five wrong codes at the same moment is tried', async () => {
    const account = freshAccount();
    const callers: Caller[] = [];
    for (let n = 0; n < 5; n++) callers.push(await asked(world, account));
    for (let n = 0; n < 3; n++) {
      const caller = await asked(world, account);
      for (let wrong = 0; wrong < 3; wrong++) await caller.presses(world.wrongCode);
    }
    await Promise.all(callers.map((caller) => caller.presses(world.wrongCode)));
    const counts = await Promise.all(callers.map((caller) => world.counts(caller)));
    expect(counts.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(1);
    expect(callers.map((caller) => caller.dialled)).toEqual(callers.map(() => AGENT));
  });
});

describe('many starts at the same moment', () => {
  it('of one call, for different accounts: never more sends than the limit, and every answer is a document that goes on', async () => {
    const caller = world.caller();
    const before = world.codesSent;
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => caller.post(`/voice/two-factor?AccountNumber=${freshAccount()}`)),
    );
    expect(world.codesSent - before).toBeLessThanOrEqual(3);
    for (const reply of replies) expect(reply.status).toBe(200);
    expect((await world.counts(caller)).sends).toBeLessThanOrEqual(3);
  });
});

describe('a hang-up while a code is being sent', () => {
  it('voids that code; the same start never sends again', async () => {
    const service = await SlowService.open(BY_EMAIL('4'));
    const slow = await worldWith({
      settings: { CONTACT_METHODS_URL: `http://${service.host}/`, SERVICE_HOSTS: service.host },
    });
    const caller = slow.caller();
    const start = caller.post('/voice/two-factor?AccountNumber=1002');
    await service.asked(1);
    await caller.hangsUp();
    service.answers();
    await start;
    await caller.post('/voice/two-factor?AccountNumber=1002');
    await caller.post('/voice/two-factor?AccountNumber=1003');
    expect(slow.inbox.messages).toHaveLength(0);
    expect((await caller.post('/voice/two-factor?AccountNumber=1003')).body).toBe(HANGUP);
    expect(await slow.counts(caller)).toMatchObject({ phase: 'ended', sends: 0 });
  });
});

describe('a turn that is taken over while its process lives', () => {
  it('a start in its look-up: both are answered with the same bytes, and one code is sent', async () => {
    const service = await SlowService.open(BY_EMAIL('5'));
    const slow = await worldWith({
      settings: { CONTACT_METHODS_URL: `http://${service.host}/`, SERVICE_HOSTS: service.host },
    });
    const caller = slow.caller();
    const start = '/voice/two-factor?AccountNumber=1002';
    const first = caller.post(start);
    await service.asked(1);
    slow.clock.advance(LEASE + 1);
    const repeat = caller.post(start);
    await service.asked(2);
    service.answers();
    const [one, other] = await Promise.all([first, repeat]);
    expect(other.body).toBe(one.body);
    expect(slow.inbox.messages.length).toBeLessThanOrEqual(1);
    expect(await slow.counts(caller)).toMatchObject({ entries: 1, turns: 1, sends: 1 });
  });

  it('a start in its send: nothing is sent again on its own, and what was sent counts as failed', async () => {
    const gateway = await SlowService.open('');
    const slow = await worldWith({ settings: smsBy(gateway) });
    const caller = slow.caller();
    const start = '/voice/two-factor?AccountNumber=1003';
    const first = caller.post(start);
    await gateway.asked(1);
    slow.clock.advance(LEASE + 1);
    await caller.go(start);
    expect(caller.heard).toMatch(/we could not send your code/);
    gateway.answers();
    expect((await first).body).toBe(caller.body);
    expect(gateway.requests).toBe(1);
    gateway.atOnce = true;
    await caller.presses('1');
    await caller.presses(gateway.code);
    expect(await slow.counts(caller)).toMatchObject({ exit: 'success', sends: 2, attempts: 1 });
  }, 10_000);
});

describe('a request that waited for a twin which died', () => {
  it('does not wait for a slow task as well: the line is held at once', async () => {
    const service = await SlowService.open(BY_EMAIL('9'));
    const slow = await worldWith({
      settings: { CONTACT_METHODS_URL: `http://${service.host}/`, SERVICE_HOSTS: service.host },
    });
    const caller = slow.caller();
    const query = JSON.stringify([['AccountNumber', '1002']]);
    await slow.claims(caller.call, { kind: 'start', callflow: 'two-factor', query }, { type: 'back' });
    const start = caller.go('/voice/two-factor?AccountNumber=1002');
    await new Promise((resolve) => setTimeout(resolve, 200));
    slow.clock.advance(LEASE + 1);
    await service.asked(1);
    const since = performance.now();
    await start;
    expect(performance.now() - since).toBeLessThan(1_500);
    expect(caller.heard).toBe('One moment, please.');
    service.answers();
    await caller.waits();
    expect(caller.heard).toMatch(ENTER_CODE);
  });
});

describe('a turn that lost its claim', () => {
  it('closes no code of the turn that took it over, however it ends itself', async () => {
    const service = await SlowService.open(BY_EMAIL('8'));
    const slow = await worldWith({
      settings: { CONTACT_METHODS_URL: `http://${service.host}/`, SERVICE_HOSTS: service.host },
    });
    const caller = slow.caller();
    const start = '/voice/two-factor?AccountNumber=1002';
    const first = caller.post(start);
    await service.asked(1);
    const late = service.keepsBack();
    slow.clock.advance(LEASE + 1);
    const repeat = caller.go(start);
    await service.asked(2);
    service.answers();
    await repeat;
    expect(caller.heard).toMatch(ENTER_CODE);
    late.writeHead(500).end();
    expect((await first).body).toBe(caller.body);
    await caller.presses(slow.code);
    expect(await slow.counts(caller)).toMatchObject({ exit: 'success', sends: 1 });
  });
});

describe('a send that hangs', () => {
  it('is given up after 20 s: its code is dead, also when it arrives later', async () => {
    const gateway = await SlowService.open('');
    const slow = await worldWith({ settings: smsBy(gateway) });
    const caller = slow.caller();
    await caller.go('/voice/two-factor?AccountNumber=1003', { CallStatus: 'ringing' });
    expect(caller.heard).toBe('One moment, please.');
    const old = gateway.code;
    slow.clock.advance(20_001);
    await caller.go(caller.redirect);
    expect(caller.heard).toMatch(/we could not send your code/);
    gateway.answers();
    const again = caller.presses('1');
    await gateway.asked(2);
    gateway.answers();
    await again;
    expect(caller.heard).toMatch(ENTER_CODE);
    await caller.presses(old === gateway.code ? '000000' : old);
    expect(caller.heard).toMatch(/did not match/);
    await caller.presses(gateway.code);
    expect(await slow.counts(caller)).toMatchObject({ exit: 'success', sends: 2 });
  }, 15_000);

  it('a repeated start, fallback and poll lead back to the line that is held, byte for byte', async () => {
    const gateway = await SlowService.open('');
    const slow = await worldWith({ settings: smsBy(gateway) });
    const caller = slow.caller();
    const start = '/voice/two-factor?AccountNumber=1003';
    await caller.go(start);
    expect((await caller.post(start)).body).toBe(caller.body);
    const poll = caller.redirect;
    const polls = await Promise.all([1, 2, 3].map(() => caller.post(poll)));
    expect(new Set(polls.map(({ body }) => body)).size).toBe(1);
    caller.body = polls[0]?.body ?? '';
    expect((await caller.post(start)).body).toContain(`<Redirect method="POST">${caller.redirect}</Redirect>`);
    const fallback = await caller.post('/voice/fallback', { ErrorUrl: 'https://a.example/', ErrorCode: '11200' });
    expect(fallback.body).toContain(`<Redirect method="POST">${caller.redirect}</Redirect>`);
    gateway.answers();
    await caller.waits();
    expect(caller.heard).toMatch(ENTER_CODE);
    expect(gateway.requests).toBe(1);
  }, 10_000);
});

describe('spelling variants of an account', () => {
  it('share one budget and one lock', async () => {
    const service = await SlowService.open(BY_EMAIL('6'));
    service.atOnce = true;
    const strict = await worldWith({
      settings: {
        CONTACT_METHODS_URL: `http://${service.host}/`,
        SERVICE_HOSTS: service.host,
        SENDS_PER_ACCOUNT: '1/24h',
      },
    });
    for (const account of ['7700', ' 7700', '7700\t', '７７００', '\u00a07700']) {
      await strict.caller().dials('two-factor', { AccountNumber: account });
    }
    expect(strict.inbox.messages).toHaveLength(1);
  });
});

describe('after-wrong-code: new-code with the shipped spacing', () => {
  it('a wrong code closes its code at once, so that the new one is sent without waiting', async () => {
    const newCode = await worldWith({
      edit: { [TWO_FACTOR]: [['after-wrong-code: ask-again', 'after-wrong-code: new-code']] },
    });
    const caller = await asked(newCode);
    await caller.presses(newCode.wrongCode);
    expect(caller.heard).not.toMatch(/on its way/);
    expect(await newCode.counts(caller)).toMatchObject({ sends: 2 });
  });
});

describe('what a start brings along', () => {
  const files = {
    'callflows/echo.yaml': `
callflow: echo
start: ask
inputs: [Name, locale]
account: Name
exits:
  success: { returns: success }
  agent: { say: transferring, dial: "\${AGENT_NUMBER}" }
blocks:
  ask: { menu: hello, keys: { 1: again, 2: success, hash: agent } }
  again: { menu: hello, keys: { 1: again, 2: success, hash: agent } }
`,
    'prompts/en-US/echo.yaml': `
locale: en-US
prompts:
  hello: { ask: "Hello {Name}{constructor}{toString}{__proto__}.", again: "Again", success: "Success", agent: "Agent" }
`,
    'prompts/es-ES/echo.yaml': `
locale: es-ES
prompts:
  hello: { ask: "Hola {Name}.", again: "Otra vez", success: "Sí", agent: "Persona" }
`,
  };
  let echo: World;
  beforeAll(async () => {
    echo = await worldWith({ files, unchecked: true });
  });

  it.each([
    ['markup', '<Dial>+1900</Dial>&"'],
    ['control characters', 'a\u0000\u000b\u001f\ufffe\ud800b'],
    ['ICU', '{x, plural,} <digits>1</digits>'],
    ['10 kB', 'x'.repeat(10_000)],
  ])('%s in an input is spoken as text or not at all, in a document that can be read', async (_what, name) => {
    const caller = await echo.caller().dials('echo', { Name: name });
    expect(caller.verbs.map(({ verb }) => verb)).toEqual(['gather', 'gather', 'redirect']);
    expect(caller.heard).toMatch(/^Hello/);
  });

  it('names that mean something to JavaScript are ignored, and so is one given twice', async () => {
    const caller = echo.caller();
    await caller.go('/voice/echo?__proto__=1&constructor=2&toString=3&hasOwnProperty=4&Name=a&Name=b&__proto__=5');
    expect(caller.heard).toMatch(/^Hello ?\./);
  });

  it('no exit called success without a grant, whatever the callflow says', async () => {
    const caller = await echo.caller().dials('echo', { Name: 'a' });
    await caller.presses('2');
    expect(caller.heard).toMatch(/technical problem/);
    expect(await echo.counts(caller)).toMatchObject({ exit: 'error', grants: 0 });
  });

  it('an input named locale is the language of the call', async () => {
    const caller = await echo.caller().dials('echo', { Name: 'a', locale: 'es-ES' });
    expect(caller.heard).toMatch(/^Hola a\./);
  });

  it('a key that leads to its own menu asks it again', async () => {
    const caller = await echo.caller().dials('echo', { Name: 'a' });
    await caller.presses('1');
    const question = caller.heard;
    await caller.presses('1');
    expect(caller.heard).toBe(question);
  });

  it('a leftover # counts nothing where hash is a choice; the next one is the choice', async () => {
    const caller = await echo.caller().dials('echo', { Name: 'a' });
    expect(caller.gather.finishOnKey).toBe('');
    await caller.presses('1');
    const question = caller.heard;
    await caller.presses('#');
    expect(caller.heard).toBe(question);
    await caller.presses('#');
    expect(caller.dialled).toBe(AGENT);
  });
});
