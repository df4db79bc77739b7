import { mkdir, readdir, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEVICE_GRACE } from '../../../src/core/contracts/devices.ts';
import type { DialproofError } from '../../../src/core/errors.ts';
import { change, type Operation } from '../../../src/adapters/stores/sql/operation.ts';
import { commitQueue } from '../../../src/adapters/stores/sqlite/commit-queue.ts';
import { connect } from '../../../src/adapters/stores/sqlite/connection.ts';
import { openSqliteStore } from '../../../src/adapters/stores/sqlite/open-sqlite-store.ts';
import {
  ACCOUNT,
  attemptOf,
  begin,
  CALL,
  challengeOf,
  chargeKey,
  claimOf,
  consumeOf,
  failTimes,
  START,
  T0,
  take,
  tally,
  turn,
} from '../../contracts/store/caller.ts';
import { opens, passes, passOf, remembered, seenOf } from '../../contracts/store/remembered.ts';
import { SECRET_KEY, temporaryFolder } from './temporary-store.ts';

const OTHER_KEY: Uint8Array = Buffer.alloc(32, 8);
const THIRD_KEY: Uint8Array = Buffer.alloc(32, 9);
const unavailable = { code: 'store-unavailable' };
/** As it was before there was web sign-in. */
const WITHOUT_SIGN_INS =
  'DROP INDEX calls_by_start; DROP INDEX audit_by_call; ALTER TABLE calls DROP COLUMN nonce_hash; DROP TABLE device_tokens; DROP TABLE devices; DROP TABLE sign_ins;';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const open = (...secretKeys: readonly Uint8Array[]) => openSqliteStore({ path: folder.file, secretKeys });

describe('a SECRET_KEY', () => {
  it('that the store was not made with is refused, and the store stays as it was', async () => {
    const { store } = await open(SECRET_KEY);
    await begin(store);
    await store.close();
    await expect(open(OTHER_KEY)).rejects.toMatchObject({
      code: 'store-key-mismatch',
      fix: expect.stringMatching('SECRET_KEY'),
    });
    const again = await open(SECRET_KEY);
    expect(await again.store.claimTurn(claimOf(START))).toMatchObject({ kind: 'saved' });
    await again.store.close();
  });

  it('that is missing is refused', async () => {
    await expect(open()).rejects.toMatchObject({ code: 'settings-invalid' });
  });

  it('is rotated by giving the new one before the old one: calls, locks, hashes and secrets stay', async () => {
    const made = await open(SECRET_KEY);
    const nonce = await begin(made.store);
    await failTimes(made.store, 10);
    const mac = made.keyring.mac('report', ['token']);
    const secret = Buffer.alloc(20, 1);
    await made.store.addAuthenticator({ id: 'a', account: ACCOUNT, secret, now: T0 });
    await made.store.close();
    await (await open(OTHER_KEY, SECRET_KEY)).store.close();
    await expect(open(SECRET_KEY)).rejects.toMatchObject({ code: 'store-key-mismatch' });
    const { store, keyring } = await open(THIRD_KEY, OTHER_KEY);
    expect(keyring.mac('report', ['token'])).toBe(mac);
    expect(await store.accountLocked(ACCOUNT, T0)).toBe(true);
    const [kept] = await store.authenticatorsOf(ACCOUNT);
    expect(Buffer.from(kept?.secret ?? []).equals(secret)).toBe(true);
    expect(await store.claimTurn(claimOf(turn(nonce)))).toMatchObject({ kind: 'won', call: { state: { nonce } } });
    await store.close();
  });

  it('opens nothing of another store: hashes differ from store to store', async () => {
    const one = await open(SECRET_KEY);
    const two = await openSqliteStore({ path: join(folder.path, 'two.db'), secretKeys: [SECRET_KEY] });
    expect(one.keyring.mac('account', ['a'])).not.toBe(two.keyring.mac('account', ['a']));
    await one.store.close();
    await two.store.close();
  });
});

describe('the SQLite file', () => {
  it('and what SQLite puts next to it can be read by its owner alone', async () => {
    const path = join(folder.path, 'new', 'folder', 'dialproof.db');
    const { store } = await openSqliteStore({ path, secretKeys: [SECRET_KEY] });
    await store.ready(T0);
    const files = await readdir(join(path, '..'));
    const modes = await Promise.all(files.map(async (file) => (await stat(join(path, '..', file))).mode & 0o777));
    expect(files.toSorted()).toEqual(['dialproof.db', 'dialproof.db-shm', 'dialproof.db-wal']);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
    await store.close();
  });

  it('that cannot be opened, or is no database, is reported as unavailable', async () => {
    await writeFile(folder.file, 'This is no database, but long enough to be taken for one. '.repeat(100));
    await expect(open(SECRET_KEY)).rejects.toMatchObject(unavailable);
    const path = join(folder.file, 'below-a-file.db');
    await expect(openSqliteStore({ path, secretKeys: [SECRET_KEY] })).rejects.toMatchObject(unavailable);
  });

  it('of a Dialproof that heard no delivery reports is brought up to date, and codes of its calls can be reported', async () => {
    const made = await open(SECRET_KEY);
    const nonce = await begin(made.store);
    await made.store.openChallenge(challengeOf({ report: 'the token' }));
    await made.store.close();
    const database = new Database(folder.file);
    database.exec(`${WITHOUT_SIGN_INS} DROP TABLE code_calls; DROP TABLE authenticators; DROP INDEX challenges_by_report; ALTER TABLE challenges DROP COLUMN failed_at;
      DELETE FROM schema_version WHERE version > 2`);
    database.close();
    const { store } = await open(SECRET_KEY);
    expect(await store.reportFailed({ method: 'sms', token: 'the token', now: T0 })).toBe(CALL);
    expect(await store.claimTurn(claimOf(turn(nonce)))).toMatchObject({ kind: 'won', call: { state: { nonce } } });
    await store.close();
  });

  it('of a Dialproof that kept no libraries is brought up to date, and its calls go on', async () => {
    const made = await open(SECRET_KEY);
    const nonce = await begin(made.store);
    await made.store.close();
    const database = new Database(folder.file);
    database.exec(`${WITHOUT_SIGN_INS} DROP TABLE code_calls; DROP TABLE authenticators; DROP INDEX challenges_by_report; ALTER TABLE challenges DROP COLUMN failed_at;
      DROP TABLE libraries; DROP INDEX calls_by_revision; DELETE FROM schema_version WHERE version > 1`);
    database.close();
    const { store } = await open(SECRET_KEY);
    const texts = { callflows: [], prompts: [], builtins: {}, defaultLocale: 'en-US' };
    await store.keepLibrary({ revision: 'r1', texts, now: T0 });
    expect(await store.readLibrary('r1')).toEqual(texts);
    expect(await store.claimTurn(claimOf(turn(nonce)))).toMatchObject({ kind: 'won', call: { state: { nonce } } });
    await store.close();
  });

  it('of a Dialproof that knew no authenticators is brought up to date, and keeps them', async () => {
    const made = await open(SECRET_KEY);
    const nonce = await begin(made.store);
    await made.store.close();
    const database = new Database(folder.file);
    database.exec(
      `${WITHOUT_SIGN_INS} DROP TABLE authenticators; DROP TABLE code_calls; DELETE FROM schema_version WHERE version > 3`,
    );
    database.close();
    const { store } = await open(SECRET_KEY);
    await store.addAuthenticator({ id: 'a', account: '1', secret: Buffer.alloc(20, 1), now: T0 });
    expect(await store.authenticatorsOf('1')).toMatchObject([{ id: 'a', confirmedAt: null }]);
    expect(await store.claimTurn(claimOf(turn(nonce)))).toMatchObject({ kind: 'won', call: { state: { nonce } } });
    await store.close();
  });

  it('of a Dialproof that knew no web sign-in is brought up to date, and remembers browsers', async () => {
    const made = await open(SECRET_KEY);
    const nonce = await begin(made.store);
    await made.store.close();
    const database = new Database(folder.file);
    database.exec(`${WITHOUT_SIGN_INS} DELETE FROM schema_version WHERE version > 5`);
    database.close();
    const { store } = await open(SECRET_KEY);
    const { token } = await remembered(store);
    expect(await store.recogniseDevice(seenOf(token))).toMatchObject({ kind: 'known' });
    expect(await store.redeemTicket({ ticket: await passes(store), now: T0 })).toMatchObject({ ttl: 3_600 });
    expect(await store.claimTurn(claimOf(turn(nonce)))).toMatchObject({ kind: 'won', call: { state: { nonce } } });
    await store.close();
  });

  it('keeps remembered browsers, sign-ins and tickets over a restart, and what was used or copied stays so', async () => {
    const { store: before } = await open(SECRET_KEY);
    const [good, copied] = [await remembered(before), await remembered(before)];
    const first = seenOf(good.token);
    for (const seen of [first, seenOf(copied.token)]) await before.recogniseDevice(seen);
    const token = await opens(before);
    await before.visitSignIn({ token, browser: 'mine', locale: 'en-US', now: T0 });
    const [used, unused] = [await passes(before), await passes(before)];
    await before.redeemTicket({ ticket: used, now: T0 });
    await before.close();

    const { store } = await open(SECRET_KEY);
    const later = T0 + DEVICE_GRACE + 1;
    expect(await store.recogniseDevice(seenOf(first.next, { now: later }))).toMatchObject({ kind: 'known' });
    expect(await store.recogniseDevice(seenOf(copied.token, { now: later }))).toEqual({ kind: 'reused' });
    const another = await store.visitSignIn({ token, browser: 'another', locale: 'en-US', now: later });
    expect([another.kind, await store.passSignIn(passOf(token, { now: later }))]).toEqual(['of-another', 'first']);
    const redeemed = [used, unused].map((ticket) => store.redeemTicket({ ticket, now: later }));
    expect(await Promise.all(redeemed)).toMatchObject([null, { ttl: 3_600 }]);
    await store.close();
  });

  it('of a newer Dialproof is refused', async () => {
    await (await open(SECRET_KEY)).store.close();
    const database = new Database(folder.file);
    database.exec('INSERT INTO schema_version (version) VALUES (1000)');
    database.close();
    await expect(open(SECRET_KEY)).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringMatching('schema version 1000'),
    });
  });

  it('opened by two stores at once rotates a device token once, has one browser for a page and redeems a ticket once', async () => {
    const [one, two] = await Promise.all([open(SECRET_KEY), open(SECRET_KEY)]);
    const stores = Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? one.store : two.store));
    const { token } = await remembered(one.store);
    const seen = await Promise.all(stores.map((store) => store.recogniseDevice(seenOf(token))));
    expect(seen.map((each) => each.kind === 'known' && each.rotated).filter(Boolean)).toHaveLength(1);
    const page = { token: await opens(one.store), now: T0 };
    const visits = await Promise.all(
      stores.map((store, n) => store.visitSignIn({ ...page, browser: String(n), locale: 'en-US' })),
    );
    expect(tally(visits)).toEqual({ open: 1, 'of-another': 49 });
    const ticket = await passes(two.store);
    const redeemed = await Promise.all(stores.map((store) => store.redeemTicket({ ticket, now: T0 })));
    expect(redeemed.filter((each) => each !== null)).toHaveLength(1);
    await Promise.all([one.store.close(), two.store.close()]);
  });

  it('opened by two stores at once is made once, and both race under the same limits', async () => {
    const [one, two] = await Promise.all([open(SECRET_KEY), open(SECRET_KEY)]);
    expect(one.keyring.mac('account', ['a'])).toBe(two.keyring.mac('account', ['a']));
    const stores = Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? one.store : two.store));
    const claims = await Promise.all(stores.map((store) => store.claimTurn(claimOf(START))));
    expect(tally(claims)).toEqual({ won: 1, busy: 49 });
    await one.store.openChallenge(challengeOf());
    const attempts = await Promise.all(stores.map((store) => store.chargeAttempt(attemptOf())));
    expect(tally(attempts)).toEqual({ charged: 3, 'too-many': 47 });
    await one.store.close();
    await two.store.close();
  });

  it('lets one of 50 right codes of one time step in, over two connections (D8)', async () => {
    const [one, two] = await Promise.all([open(SECRET_KEY), open(SECRET_KEY)]);
    await one.store.addAuthenticator({ id: 'a', account: ACCOUNT, secret: Buffer.alloc(20, 1), now: T0 });
    await one.store.confirmAuthenticator({ id: 'a', step: 1, now: T0 });
    const calls = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const call = `CA${n}`;
        const challenge = challengeOf({ call, method: 'authenticator', destination: '', mac: '' });
        await take(one.store, claimOf(START, { call }));
        await one.store.openChallenge(challenge);
        const consume = consumeOf(challenge.id, { key: chargeKey({ call }), proof: { authenticator: 'a', step: 2 } });
        return { store: n % 2 === 0 ? one.store : two.store, consume };
      }),
    );
    const answers = await Promise.all(calls.map(({ store, consume }) => store.consumeChallenge(consume)));
    expect(tally(answers)).toEqual({ granted: 1, replayed: 49 });
    await one.store.close();
    await two.store.close();
  });
});

describe('operations of one tick', () => {
  it('do not suffer from a bad one among them', async () => {
    const { store } = await open(SECRET_KEY);
    const outcomes = await Promise.allSettled([
      store.claimTurn(claimOf(START, { call: 'CA1' })),
      store.openChallenge(challengeOf({ call: 'CA-unknown' })),
      store.claimTurn(claimOf(START, { call: 'CA2', lease: Number.NaN })),
      store.claimTurn(claimOf(START, { call: 'CA3' })),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    const phases = ['CA1', 'CA2', 'CA3'].map((call) => store.phaseOf(call, T0));
    expect(await Promise.all(phases)).toEqual(['active', null, 'active']);
    await store.close();
  });

  it('are all refused when their commit fails, and the next ones are not', async () => {
    const errors: DialproofError[] = [];
    const queue = commitQueue(
      () => connect(folder.file),
      (error) => errors.push(error),
    );
    await queue.run(() => change('CREATE TABLE parents (id INTEGER PRIMARY KEY)'));
    await queue.run(() =>
      change('CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED)'),
    );
    const outcomes = await Promise.allSettled([
      queue.run(() => change('INSERT INTO parents (id) VALUES (1)')),
      queue.run(() => change('INSERT INTO children (parent) VALUES (2)')),
    ]);
    const refused = { status: 'rejected', reason: expect.objectContaining(unavailable) };
    expect(outcomes).toEqual([refused, refused]);
    expect(errors).toMatchObject([unavailable]);
    await queue.run(() => change('INSERT INTO parents (id) VALUES (1)'));
    await queue.close();
  });

  it('wait for a database that can be opened again', async () => {
    const blocked = join(folder.path, 'blocked');
    await writeFile(blocked, '');
    const queue = commitQueue(
      () => connect(join(blocked, 'dialproof.db')),
      () => undefined,
    );
    const write = () => queue.run(() => change('CREATE TABLE t (a INTEGER)'));
    await expect(write()).rejects.toMatchObject(unavailable);
    await rm(blocked);
    await mkdir(blocked);
    await write();
    await queue.close();
  });

  it('give up a connection that has become read-only, and the next ones have a new one', async () => {
    const queue = commitQueue(
      () => connect(folder.file),
      () => undefined,
    );
    await queue.run(() => change('PRAGMA query_only = ON'));
    const write = () => queue.run(() => change('CREATE TABLE t (a INTEGER)'));
    await expect(write()).rejects.toMatchObject(unavailable);
    await write();
    await queue.close();
  });

  it('are refused while the file is gone, which is never made anew: an empty one would know of no lock', async () => {
    const { store } = await open(SECRET_KEY);
    await begin(store);
    const away = `${folder.path}.away`;
    await rename(folder.path, away);
    const missing = { ...unavailable, message: 'The store could not be written: the database file is not there.' };
    for (let times = 0; times < 2; times++) await expect(store.ready(T0)).rejects.toMatchObject(missing);
    await expect(stat(folder.path)).rejects.toMatchObject({ code: 'ENOENT' });
    await rename(away, folder.path);
    expect(await store.phaseOf(CALL, T0)).toBe('active');
    await store.close();
  });

  it('are refused while another file is in its place, and say that it is none of ours', async () => {
    const { store } = await open(SECRET_KEY);
    await begin(store);
    const away = `${folder.path}.away`;
    await rename(folder.path, away);
    await mkdir(folder.path);
    await writeFile(folder.file, 'no database, '.repeat(1_000));
    const damaged = { ...unavailable, message: 'The store could not be written: the database file is damaged.' };
    await expect(store.ready(T0)).rejects.toMatchObject(damaged);
    await rm(folder.path, { recursive: true });
    await rename(away, folder.path);
    expect(await store.phaseOf(CALL, T0)).toBe('active');
    await store.close();
  });

  it('are refused while another store of ours is in its place: it knows of no lock, nor do its keys open ours', async () => {
    const { store } = await open(SECRET_KEY);
    await begin(store);
    await failTimes(store, 10);
    const away = `${folder.path}.away`;
    await rename(folder.path, away);
    await (await open(SECRET_KEY)).store.close();
    const other = {
      ...unavailable,
      message: 'The store could not be written: the database in DATA_DIR is another one than before.',
    };
    for (let times = 0; times < 2; times++) await expect(store.accountLocked(ACCOUNT, T0)).rejects.toMatchObject(other);
    await rm(folder.path, { recursive: true });
    await rename(away, folder.path);
    expect(await store.accountLocked(ACCOUNT, T0)).toBe(true);
    await store.close();
  });

  it('are refused without telling where the file is: the reason stands in /readyz', async () => {
    const { store } = await open(SECRET_KEY);
    await rename(folder.file, `${folder.file}.away`);
    await symlink(folder.file, folder.file);
    const reason = { ...unavailable, message: 'The store could not be written: ELOOP.' };
    await expect(store.ready(T0)).rejects.toMatchObject(reason);
    await rm(folder.file);
    await rename(`${folder.file}.away`, folder.file);
    await store.ready(T0);
    await store.close();
  });

  it('refuse a value that no column holds, without ending the process', async () => {
    const queue = commitQueue(
      () => connect(folder.file),
      () => undefined,
    );
    await expect(queue.run(selectFlag)).rejects.toMatchObject(unavailable);
    await queue.close();
  });
});

/** What the types forbid: libsql would end the process. */
function* selectFlag(): Operation<void> {
  // @ts-expect-error a flag is no value of a statement
  yield { sql: 'SELECT ?', params: [true] };
}

describe('a database that another program holds locked', () => {
  it('holds nobody up: the event loop goes on, and after 3 seconds the answer is store-unavailable', async () => {
    const { store } = await open(SECRET_KEY);
    await begin(store);
    const other = new Database(folder.file);
    other.exec('BEGIN IMMEDIATE');
    let longest = 0;
    let last = performance.now();
    const heart = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    const since = performance.now();
    const asked = [store.readCall(CALL), store.ready(T0), store.claimTurn(claimOf(turn('any')))];
    const outcomes = await Promise.allSettled(asked);
    const took = performance.now() - since;
    clearInterval(heart);
    expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason)).toMatchObject(
      asked.map(() => unavailable),
    );
    expect(took).toBeGreaterThan(2_500);
    expect(took).toBeLessThan(4_500);
    expect(longest).toBeLessThan(500);
    const waiting = store.ready(T0);
    other.exec('ROLLBACK');
    await waiting;
    other.close();
    await store.close();
  }, 10_000);
});
