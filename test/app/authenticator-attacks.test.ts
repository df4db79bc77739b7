/** Codes of an authenticator beside other codes, under a damaged store and under new keys (D8). */
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { World, type Application } from '../support/world.ts';

const STEP = 30_000;
const BOTH = '<method name="email" value="ana@example.test"/><method name="authenticator"/>';

let methods = BOTH;
let stub: StubServer;
let world: World;
let account = '';
let accounts = 9100;
let application: Application;

beforeAll(async () => {
  stub = await httpStub((response) => {
    response.end(contactMethods(methods));
  });
  world = await World.open({ settings: { CONTACT_METHODS_URL: `${stub.url}methods`, SERVICE_HOSTS: stub.host } });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});
beforeEach(async () => {
  // A step begins now: none ends while a test goes on.
  world.clock.advance(STEP - (world.clock.now() % STEP));
  methods = BOTH;
  accounts += 1;
  account = String(accounts);
  application = await world.enrols(account);
});

async function calls(key: '1' | '2' = '2', of = account): Promise<Caller> {
  const caller = await world.caller().dials('two-factor', { AccountNumber: of });
  return caller.presses(key);
}

/** Damages the store behind the server's back. */
function damage(statement: string, ...values: readonly string[]): void {
  const database = new Database(path.join(world.folder, 'data', 'dialproof.db'));
  try {
    database.prepare(statement).run(...values);
  } finally {
    database.close();
  }
}

describe('one account, an emailed code and an authenticator', () => {
  it('D8 G53: neither code is good in place of the other, and neither is used up by it', async () => {
    const byEmail = await calls('1');
    const byApplication = await calls('2');
    const emailed = world.code;
    await byEmail.presses(application.code());
    await byApplication.presses(emailed);
    for (const caller of [byEmail, byApplication])
      expect(await world.counts(caller)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
    await byEmail.presses(emailed);
    await byApplication.presses(application.code());
    for (const caller of [byEmail, byApplication])
      expect(await world.counts(caller)).toMatchObject({ exit: 'success', attempts: 2, grants: 1 });
  });

  it('D8: wrong codes of both are counted together, also where one call changes the method: the tenth locks', async () => {
    let wrong = 0;
    while (wrong < 10) {
      const caller = await calls(wrong % 4 === 0 ? '1' : '2');
      for (let n = 0; n < 2 && wrong < 10; n++, wrong++) await caller.presses(application.code(5 + wrong));
      if (wrong < 10) await caller.presses('*');
      if (wrong < 10) await caller.presses('3');
      if (wrong < 10) await caller.presses('2');
      for (let n = 0; n < 2 && wrong < 10; n++, wrong++) await caller.presses(application.code(5 + wrong));
    }
    const locked = await world.caller().dials('two-factor', { AccountNumber: account });
    expect(await world.counts(locked)).toMatchObject({ exit: 'agent', sends: 0 });
  });

  it('D8 G51: however often the method is changed, a call has its sends and no more guesses', async () => {
    const caller = await calls('2');
    let guesses = 0;
    for (let pass = 0; pass < 6 && caller.dialled === null; pass++) {
      for (let n = 0; n < 2; n++, guesses++) await caller.presses(application.code(5 + guesses));
      await caller.presses('*');
      await caller.presses('3');
      if (caller.dialled === null) await caller.presses(pass % 2 === 0 ? '1' : '2');
    }
    expect(await world.counts(caller)).toMatchObject({ exit: 'agent', sends: 3, attempts: 6, grants: 0 });
  });
});

describe('a damaged or exchanged secret', () => {
  it('D8: leaves by error, at the look-up and at the code, and lets nobody in', async () => {
    const waiting = await calls('2');
    damage('UPDATE authenticators SET secret = zeroblob(48) WHERE id = ?', application.id);
    await waiting.presses(application.code());
    expect(await world.counts(waiting)).toMatchObject({ exit: 'error', attempts: 1, grants: 0 });
    const next = await world.caller().dials('two-factor', { AccountNumber: account });
    expect(await world.counts(next)).toMatchObject({ exit: 'error', sends: 0, grants: 0 });
  });

  it('D8: of another account, the sealed one or its whole row, is not taken for its own', async () => {
    const eve = String(accounts + 400);
    const hers = await world.enrols(eve);
    const caller = await calls('2');
    damage(
      'UPDATE authenticators SET secret = (SELECT secret FROM authenticators WHERE id = ?) WHERE id = ?',
      hers.id,
      application.id,
    );
    await caller.presses(hers.code());
    expect(await world.counts(caller)).toMatchObject({ exit: 'error', grants: 0 });
    const moved = await world.enrols(String(accounts + 800));
    damage(
      'UPDATE authenticators SET account_hash = (SELECT account_hash FROM authenticators WHERE id = ?) WHERE id = ?',
      moved.id,
      hers.id,
    );
    const other = await world.caller().dials('two-factor', { AccountNumber: String(accounts + 800) });
    expect(await world.counts(other)).toMatchObject({ exit: 'error', grants: 0 });
  });

  it.each(['-1', '9007199254740993'])(
    'D8: a last step that cannot be believed (%s) makes every code wrong',
    async (step) => {
      const caller = await calls('2');
      damage(`UPDATE authenticators SET last_step = '${step}' WHERE id = ?`, application.id);
      await caller.presses(application.code());
      expect(await world.counts(caller)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
    },
  );
});

describe('a new SECRET_KEY', () => {
  it('D8: keeps the secrets, and what was used up', async () => {
    const first = await calls('2');
    const code = application.code();
    await first.presses(code);
    await world.restarts({ SECRET_KEY: `${randomBytes(32).toString('base64')},${world.settings['SECRET_KEY'] ?? ''}` });
    const second = await calls('2');
    await second.presses(code);
    expect(await world.counts(second)).toMatchObject({ exit: null, attempts: 1, grants: 0 });
    await second.presses(application.code(1));
    expect((await world.counts(second)).exit).toBe('success');
  });
});
