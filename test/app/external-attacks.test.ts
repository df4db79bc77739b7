/** What callers can try who know that another system makes and checks the codes, over signed HTTP (G22 to G47). */
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, servicesAt, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

const RIGHT = '123456';
const minute = 60_000;

type Refuses = (response: ServerResponse) => void;

/** The system of a bank: right codes are a success everywhere; how it refuses others is its own affair. */
let refuses: Refuses;
let methods: string;
let asked: string[];
let stub: StubServer;
let world: World;
let account = '';
let accounts = 8000;

const checked = (status: string): string => `<codeAuthentication><status>${status}</status></codeAuthentication>`;
const coded =
  (code: number): Refuses =>
  (response) =>
    void response.writeHead(code).end();
const answered =
  (status: string): Refuses =>
  (response) =>
    void response.end(checked(status));

beforeAll(async () => {
  stub = await httpStub((response, body, { url = '' }) => {
    const code = new URLSearchParams(body).get('authCode_nbest1');
    if (url === '/methods') response.end(contactMethods(methods));
    else if (code === null) response.end('<sendAuthenticationCode><status>success</status></sendAuthenticationCode>');
    else {
      asked.push(code);
      if (code === RIGHT) response.end(checked('success'));
      else refuses(response);
    }
  });
  world = await World.open({
    settings: {
      ...servicesAt(stub),
    },
    edit: { 'callflows/two-factor.yaml': [['made-by: internal', 'made-by: external']] },
  });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});
beforeEach(() => {
  refuses = answered('incorrect code');
  methods = '<method name="authenticator"/>';
  asked = [];
  accounts += 1;
  account = String(accounts);
});

async function calls(): Promise<Caller> {
  return world.caller().dials('two-factor', { AccountNumber: account });
}

/** One guess in a call of its own; whether it was asked for at all. */
async function guesses(code: string): Promise<Caller> {
  const caller = await calls();
  if (!caller.hasEnded && caller.dialled === null) await caller.presses(code);
  return caller;
}

describe('guessing where the system refuses wrong codes by what looks like a fault', () => {
  it.each([
    ['HTTP 401', coded(401)],
    ['HTTP 404', coded(404)],
    ['HTTP 500', coded(500)],
    ['a connection that is reset', (response: ServerResponse) => void response.destroy()],
    ['`error`', answered('error')],
    ['`Incorrect_Code`', answered('Incorrect_Code')],
    ['another root', (response: ServerResponse) => void response.end('<wrong/>')],
  ])('G27 G28 G47: by %s: is no way to guess for ever', async (_what, how) => {
    refuses = how;
    for (let n = 0; n < 22; n++) await guesses(String(n).padStart(6, '0'));
    expect(asked).toHaveLength(20);
    expect(await world.counts(await guesses(RIGHT))).toMatchObject({ exit: 'agent', attempts: 0, grants: 0 });
    world.clock.advance(30 * minute);
    expect(await world.counts(await guesses(RIGHT))).toMatchObject({ exit: 'success', attempts: 1, grants: 1 });
  });

  it('G27 G47: an account whose lock has ended is not locked again by a fault of the system', async () => {
    for (let n = 0; n < 10; n++) await guesses('000000');
    world.clock.advance(30 * minute);
    refuses = coded(500);
    expect(await world.counts(await guesses('000000'))).toMatchObject({ exit: 'error', attempts: 0 });
    expect(await world.counts(await guesses(RIGHT))).toMatchObject({ exit: 'success', grants: 1 });
  });
});

describe('the holder of the account, when the wrong codes of another system lock it', () => {
  const told = (to: string): number => world.inbox.messages.filter((message) => message.to === to).length;

  it('is told by the address that the service gives, if it is one', async () => {
    methods = '<method name="email" value="ana@example.test"/>';
    for (let n = 0; n < 10; n++) await guesses('000000');
    await expect.poll(() => told('ana@example.test')).toBe(1);
  });

  it('is told as well when the last of them were refused by what looks like a fault', async () => {
    methods = '<method name="email" value="eve@example.test"/>';
    refuses = coded(500);
    for (let n = 0; n < 19; n++) await guesses('000000');
    expect(told('eve@example.test')).toBe(0);
    await guesses('000000');
    await expect.poll(() => told('eve@example.test')).toBe(1);
  });

  it('is not told of a tenth attempt that nobody judged: it was taken back', async () => {
    methods = '<method name="email" value="dan@example.test"/>';
    for (let n = 0; n < 9; n++) await guesses('000000');
    refuses = coded(500);
    await guesses('000000');
    // The notice of a later lock has come: one of before would be there as well.
    accounts += 1;
    account = String(accounts);
    methods = '<method name="email" value="fay@example.test"/>';
    refuses = answered('incorrect code');
    for (let n = 0; n < 10; n++) await guesses('000000');
    await expect.poll(() => told('fay@example.test')).toBe(1);
    expect(told('dan@example.test')).toBe(0);
  });

  it.each([
    ['no address', '<method name="email"/>'],
    ...['b***', 'b###', 'bXXXX', 'b___'].map((mask): [string, string] => [
      `one that is masked for the ears of the caller, ${mask}`,
      `<method name="email" value="${mask}@example.test"/>`,
    ]),
  ])('is not told where the service gives %s, and the log says so', async (_what, given) => {
    methods = given;
    const before = world.inbox.messages.length;
    const lines = (): number => world.log.split('there is nowhere to tell its holder').length;
    const logged = lines();
    for (let n = 0; n < 10; n++) await guesses('000000');
    await expect.poll(lines).toBe(logged + 1);
    expect(world.inbox.messages.length).toBe(before);
  });
});
