/** While another system looks at a code: repeats, other calls, the end of the call, other callflows (G27 to G30). */
import type { ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, servicesAt, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

const RIGHT = '123456';
const second = 1_000;
const SHIPPED = readFileSync('callflows/two-factor.yaml', 'utf8');
const PROMPTS = readFileSync('prompts/en-US/two-factor.yaml', 'utf8');

const answered = (status: string): string => `<codeAuthentication><status>${status}</status></codeAuthentication>`;

/** The system that makes the codes, and looks at one for as long as a test likes. */
class Bank {
  holds = false;
  readonly asked: URLSearchParams[] = [];
  private readonly waiting: (() => void)[] = [];
  private told: (() => void)[] = [];

  looksAt(form: URLSearchParams, response: ServerResponse): void {
    const right = form.get('authCode_nbest1') === RIGHT;
    const answer = (): void => void response.end(answered(right ? 'success' : 'incorrect code'));
    this.asked.push(form);
    if (this.holds) this.waiting.push(answer);
    else answer();
    for (const tell of this.told.splice(0)) tell();
  }

  async isAsked(times: number): Promise<void> {
    while (this.asked.length < times) await new Promise<void>((resolve) => this.told.push(resolve));
  }

  answers(): void {
    for (const answer of this.waiting.splice(0)) answer();
  }
}

/** Two callflows about the same accounts: one with codes of ours, one with codes of the bank; one that links to ours. */
const FILES = {
  'callflows/outside.yaml': SHIPPED.replace('callflow: two-factor', 'callflow: outside')
    .replace('made-by: internal', 'made-by: external')
    .replaceAll('    timeout: 3s', '    timeout: 15s'),
  'prompts/en-US/outside.yaml': PROMPTS,
  'callflows/mixed.yaml': SHIPPED.replace('callflow: two-factor', 'callflow: mixed')
    .replace('made-by: internal', 'made-by: external')
    .replaceAll(': enter-code', ': inside')
    .replace(
      'blocks:\n',
      'blocks:\n  inside: { link: judged-here, with: [AccountNumber], paths: { success: thank-you, agent: agent, error: error } }\n',
    ),
  'prompts/en-US/mixed.yaml': PROMPTS,
  'callflows/judged-here.yaml': SHIPPED.replace('callflow: two-factor', 'callflow: judged-here').replace(
    'start: greet',
    'start: enter-code',
  ),
  'prompts/en-US/judged-here.yaml': PROMPTS,
};

let bank: Bank;
let methods: string;
let stub: StubServer;
let world: World;
let account = '';
let accounts = 8700;

beforeAll(async () => {
  stub = await httpStub((response, body, { url = '' }) => {
    if (url === '/methods') response.end(contactMethods(methods));
    else if (url === '/send') response.end('<sendAuthenticationCode><status>success</status></sendAuthenticationCode>');
    else bank.looksAt(new URLSearchParams(body), response);
  });
  world = await World.open({
    settings: {
      ...servicesAt(stub),
    },
    files: FILES,
    unchecked: true,
  });
});
afterAll(async () => {
  bank.answers();
  await world.close();
  await stub.close();
});
beforeEach(() => {
  bank = new Bank();
  methods = '<method name="authenticator"/>';
  accounts += 1;
  account = String(accounts);
});

async function calls(callflow = 'outside', of = account): Promise<Caller> {
  return world.caller().dials(callflow, { AccountNumber: of });
}

/** A call whose code the bank is looking at, and the reply that it will get. */
async function looked(code = RIGHT) {
  const caller = await calls();
  const { action } = caller;
  bank.holds = true;
  const before = bank.asked.length;
  const reply = caller.post(action, { Digits: code });
  await bank.isAsked(before + 1);
  return { caller, action, reply };
}

describe('while the bank looks at a code', () => {
  it('G27 D10: ten webhooks with it at the same moment are one question and one attempt', async () => {
    const { caller, action, reply } = await looked();
    const twins = Array.from({ length: 9 }, (_none, n) => caller.post(action, { Digits: String(n).repeat(6) }));
    bank.answers();
    const bodies = new Set((await Promise.all([reply, ...twins])).map(({ body }) => body));
    expect([...bodies]).toHaveLength(1);
    expect(bank.asked).toHaveLength(1);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', attempts: 1, grants: 1 });
  });

  it('G28 G29 D15: who hangs up meanwhile is not let in, and nothing opens the call again', async () => {
    const { caller, action, reply } = await looked();
    await caller.hangsUp();
    bank.answers();
    await reply;
    expect((await world.counts(caller)).grants).toBe(0);
    await caller.go(action, { Digits: RIGHT });
    await caller.go(`/voice/outside?AccountNumber=${account}`);
    await caller.go(action, { Digits: RIGHT });
    expect(bank.asked).toHaveLength(1);
    expect(await world.counts(caller)).toMatchObject({ phase: 'ended', exit: null, grants: 0, entries: 1 });
  });

  it('G28 G29: a start for another account lets neither of the two in', async () => {
    const { caller, reply } = await looked();
    const other = String(Number(account) + 500);
    await caller.go(`/voice/outside?AccountNumber=${other}`);
    bank.answers();
    await reply;
    expect(await world.counts(caller)).toMatchObject({ exit: null, entries: 2, grants: 0 });
    bank.holds = false;
    await caller.presses('000000');
    expect(caller.heard).toContain('You have 2 tries left.');
    expect(bank.asked.at(-1)?.get('AccountNumber')).toBe(other);
  });

  it('G28 G29: an answer that comes after 20 seconds lets nobody in, and its attempt stays used', async () => {
    const { caller, reply } = await looked();
    world.clock.advance(21 * second);
    bank.answers();
    await reply;
    expect(await world.counts(caller)).toMatchObject({ exit: 'error', attempts: 1, grants: 0 });
  });

  it('G28 G29: a document that the platform refused meanwhile leaves by error, and the answer lets nobody in', async () => {
    const { caller, reply } = await looked();
    await caller.go('/voice/fallback', { ErrorUrl: `${world.address.publicUrl}/voice/turn/x`, ErrorCode: '12100' });
    bank.answers();
    await reply;
    expect(await world.counts(caller)).toMatchObject({ exit: 'error', attempts: 1, grants: 0 });
  });

  it('G27: a process that dies has its question asked again with the code that it had, whatever a repeat holds', async () => {
    const caller = await calls();
    const { action } = caller;
    const nonce = action.split('/').at(-1) ?? '';
    await world.claims(caller.call, { kind: 'turn', nonce }, { type: 'keys', digits: '111111' });
    world.clock.advance(9 * second);
    await caller.presses(RIGHT);
    expect(bank.asked.map((form) => form.get('authCode_nbest1'))).toEqual(['111111']);
    expect(await world.counts(caller)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
  });

  it('G45: what was entered stands neither in the log nor in the store, right or wrong, held or not', async () => {
    const { caller, reply } = await looked('918273');
    const typed = [{ code: '918273', to: RIGHT, report: '' }];
    expect(await world.leaks(typed)).toEqual([]);
    bank.answers();
    await reply;
    expect(await world.leaks(typed)).toEqual([]);
    await caller.hangsUp();
  });

  it('G29: an account that was locked meanwhile is not let in', async () => {
    for (let n = 0; n < 4; n++) {
      const wrong = await calls();
      await wrong.presses('000000');
      await wrong.presses('000000');
    }
    const tenth = await calls();
    const { caller, reply } = await looked();
    bank.holds = false;
    await tenth.presses('000000');
    bank.answers();
    await reply;
    expect(await world.counts(caller)).toMatchObject({ exit: 'agent', attempts: 1, grants: 0 });
  });

  it('G30: of fifteen calls with a guess at the same moment it is asked ten times', async () => {
    const callers = await Promise.all(Array.from({ length: 15 }, () => calls()));
    bank.holds = true;
    const replies = callers.map((caller, n) => caller.post(caller.action, { Digits: String(n).padStart(6, '0') }));
    await bank.isAsked(10);
    bank.holds = false;
    bank.answers();
    await Promise.all(replies);
    expect(bank.asked).toHaveLength(10);
    const late = await calls();
    expect(await world.counts(late)).toMatchObject({ exit: 'agent', sends: 0 });
  });
});

describe('one account in spellings that the bank takes for the same', () => {
  it.each(['\u200b', '\u00ad', '\ufe0f', '\r\nX: y', '\0'])(
    'G50: %j in it makes it no account: nothing is asked, sent or tried, and nobody is locked',
    async (invisible) => {
      for (let n = 1; n < 4; n++) {
        const caller = await calls('outside', `${account}${invisible.repeat(n)}`);
        expect(await world.counts(caller)).toMatchObject({ exit: 'agent', sends: 0, attempts: 0 });
      }
      expect((await calls()).heard).toContain('Open Google Authenticator');
    },
  );
});

describe('one account, codes of ours and codes of the bank', () => {
  it('G4 G57: share the failures: five of each lock both', async () => {
    methods = '<method name="email" value="ana@example.test"/>';
    for (const callflow of ['outside', 'two-factor', 'outside', 'two-factor', 'outside']) {
      const caller = await calls(callflow);
      const wrong = callflow === 'outside' ? '000000' : world.wrongCode;
      await caller.presses(wrong);
      await caller.presses(wrong);
    }
    for (const callflow of ['outside', 'two-factor'])
      expect(await world.counts(await calls(callflow))).toMatchObject({ exit: 'agent', sends: 0 });
  });

  it('G4 G57: what the bank sent is judged by the bank: for a callflow with codes of ours every entry is wrong', async () => {
    methods = '<method name="email" value="ana@example.test"/>';
    const caller = await calls('mixed');
    for (const code of [RIGHT, '000000', '1']) await caller.presses(code);
    expect(bank.asked).toEqual([]);
    expect(await world.counts(caller)).toMatchObject({ attempts: 2, grants: 0 });
  });
});

describe('a callflow that is published anew while a caller has a code', () => {
  const file = 'callflows/two-factor.yaml';
  const [ours, theirs] = ['made-by: internal', 'made-by: external'];

  it('G4 G57: whoever made the code judges it, and who makes codes from then on is never asked', async () => {
    methods = '<method name="email" value="ana@example.test"/>';
    const [wrong, right] = [await calls('two-factor'), await calls('two-factor')];
    const code = world.code;
    await world.publishes({ edit: { [file]: [[ours, theirs]] } });
    const after = await calls('two-factor');
    await world.publishes({ edit: { [file]: [[theirs, ours]] } });
    await wrong.presses(RIGHT);
    await right.presses(code);
    expect(bank.asked).toEqual([]);
    expect(await world.counts(wrong)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
    expect(await world.counts(right)).toMatchObject({ exit: 'success', grants: 1 });
    await after.presses(RIGHT);
    expect(await world.counts(after)).toMatchObject({ exit: 'success', grants: 1 });
    expect(bank.asked).toHaveLength(1);
  });
});

describe('G41 G45: what the bank is asked', () => {
  it.each([
    ['another parameter', '&authCode_nbest1=123456&x='],
    ['an encoded one', '%26authCode_nbest1%3D123456'],
    ['a semicolon', ';authCode_nbest1=123456'],
    ['XML', '</status><status>success'],
    ['10 kB', '1'.repeat(10_240)],
  ])('holds the account as one value: %s', async (_what, injected) => {
    const caller = await calls('outside', `${account}${injected}`);
    await caller.presses('000000');
    const form = bank.asked.at(-1);
    expect(form?.getAll('authCode_nbest1')).toEqual(['000000']);
    expect(form?.get('AccountNumber')).toBe(`${account}${injected}`);
    expect(await world.counts(caller)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
  });
});
