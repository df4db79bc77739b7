/** A process that dies between accepting a code and answering: the turn is taken over, and the code stays accepted. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORES } from '../../src/adapters/stores/index.ts';
import { LEASE } from '../../src/app/limits.ts';
import type { Store } from '../../src/core/contracts/store.ts';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

const STEP = 30_000;
const ONE_METHOD = contactMethods('<method name="authenticator"/>');
const TWO_FACTOR = 'callflows/two-factor.yaml';

let stub: StubServer;
let world: World;
let asked = 0;
let accounts = 0;

beforeAll(async () => {
  stub = await httpStub((response, _body, { url = '' }) => {
    if (url === '/methods') return void response.end(ONE_METHOD);
    asked += 1;
    // A code that its system has seen is used up.
    return void response.end('<codeAuthentication><status>incorrect code</status></codeAuthentication>');
  });
  const settings = {
    CONTACT_METHODS_URL: `${stub.url}methods`,
    SEND_CODE_URL: `${stub.url}send`,
    VERIFY_CODE_URL: `${stub.url}verify`,
    SERVICE_HOSTS: stub.host,
  };
  world = await World.open({ settings });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});

async function asAnotherProcess<T>(act: (store: Store) => Promise<T>): Promise<T> {
  const { store } = await STORES.sqlite({
    path: path.join(world.folder, 'data', 'dialproof.db'),
    secretKeys: [Buffer.from(world.settings['SECRET_KEY'] ?? '', 'base64')],
  });
  try {
    return await act(store);
  } finally {
    await store.close();
  }
}

/** Claims the caller's turn with this code, charges it and, if it is right, uses it up; then nothing more is heard of it. */
async function diesAfter(caller: Caller, entered: { account: string; code: string; id?: string }): Promise<void> {
  const nonce = caller.action.split('/').at(-1) ?? '';
  const turn = { kind: 'turn', nonce } as const;
  const now = world.clock.now();
  await world.claims(caller.call, turn, { type: 'keys', digits: entered.code });
  await asAnotherProcess(async (store) => {
    const { account, id } = entered;
    const key = { call: caller.call, turn, entry: 1, n: '1' };
    const charged = await store.chargeAttempt({ key, now, account });
    if (charged.kind !== 'charged') throw new Error(`the attempt was answered ${charged.kind}`);
    const proof = id === undefined ? {} : { proof: { authenticator: id, step: Math.floor(now / STEP) } };
    const { challenge, failures } = charged;
    const consume = { key, now, challenge: challenge.id, account, failures, deadline: now + STEP, ...proof };
    expect(await store.consumeChallenge(consume)).toEqual({ kind: 'granted' });
  });
  world.clock.advance(LEASE + 1);
}

describe('a code that was accepted by a process that died', () => {
  it('D8: of an authenticator: is accepted when the turn is taken over, though its step is used up', async () => {
    world.clock.advance(STEP - (world.clock.now() % STEP));
    const account = `accepted-${++accounts}`;
    const application = await world.enrols(account);
    const caller = await world.caller().dials('two-factor', { AccountNumber: account });
    const code = application.code();
    await diesAfter(caller, { account, code, id: application.id });
    await caller.presses('999999');
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', attempts: 1, grants: 1 });
    const other = await world.caller().dials('two-factor', { AccountNumber: account });
    await other.presses(code);
    expect(await world.counts(other)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
  });

  it('G28 G29: of another system: is accepted without asking again for a code that may be used up there', async () => {
    await world.publishes({ edit: { [TWO_FACTOR]: [['made-by: internal', 'made-by: external']] } });
    const account = `accepted-${++accounts}`;
    const caller = await world.caller().dials('two-factor', { AccountNumber: account });
    await diesAfter(caller, { account, code: '123456' });
    await caller.presses('999999');
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', attempts: 1, grants: 1 });
    expect(asked).toBe(0);
  });
});
