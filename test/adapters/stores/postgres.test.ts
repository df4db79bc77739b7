import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { TLSSocket } from 'node:tls';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FAULTS } from '../../../src/adapters/stores/postgres/faults.ts';
import { openPostgresStore } from '../../../src/adapters/stores/postgres/open-postgres-store.ts';
import { MIGRATIONS } from '../../../src/adapters/stores/sql/schema.ts';
import { run, scratch } from '../../support/deployed.ts';
import { temporarySchema } from '../../support/postgres.ts';
import { certificate } from '../../support/reverse-proxy.ts';
import {
  ACCOUNT,
  begin,
  claimOf,
  failTimes,
  mustWin,
  saveOf,
  START,
  T0,
  take,
  turn,
} from '../../contracts/store/caller.ts';
import { SECRET_KEY } from './temporary-store.ts';

const OTHER_KEY: Uint8Array = Buffer.alloc(32, 8);
const unavailable = { code: 'store-unavailable' };

type Opened = Awaited<ReturnType<typeof openPostgresStore>>;

let url: string;
const opened: Opened[] = [];
beforeEach(async () => {
  url = await temporarySchema();
});
afterEach(async () => {
  for (const { store } of opened.splice(0)) await store.close();
});

async function open(options: Partial<Parameters<typeof openPostgresStore>[0]> = {}): Promise<Opened> {
  const made = await openPostgresStore({ url, connections: 4, secretKeys: [SECRET_KEY], ...options });
  opened.push(made);
  return made;
}

async function sql(statement: string): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<object>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function cutConnections(): Promise<void> {
  const name = new URL(url).searchParams.get('application_name') ?? '';
  await sql(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${name}' AND pid <> pg_backend_pid()`,
  );
}

describe('the tables of PostgreSQL', () => {
  it('are made once by eight instances that start together, which then are one store', async () => {
    const instances = await Promise.all(Array.from({ length: 8 }, () => open()));
    const [{ count }] = (await sql('SELECT COUNT(*)::int AS count FROM schema_version')) as [{ count: number }];
    expect(count).toBe(MIGRATIONS.length);
    const macs = instances.map(({ keyring }) => keyring.mac('account', ['1']));
    expect(new Set(macs).size).toBe(1);
    const nonce = await begin(instances[0]?.store ?? fail());
    expect(await instances[7]?.store.claimTurn(claimOf(turn(nonce)))).toMatchObject({ kind: 'won' });
  });

  it('of a newer Dialproof serve an older one beside it, that goes on and that starts again', async () => {
    const before = await open();
    const nonce = await begin(before.store);
    await sql('ALTER TABLE calls ADD COLUMN of_a_newer_one TEXT; INSERT INTO schema_version VALUES (9999)');
    const next = await take(before.store, claimOf(turn(nonce)));
    const again = await open();
    expect(await again.store.claimTurn(claimOf(turn(next)))).toMatchObject({ kind: 'won' });
  });

  it.each(MIGRATIONS.map((migration, index) => [index + 1, migration] as const))(
    'migration %i only adds: a version that does not know it goes on beside it',
    (_number, migration) => {
      const statements = migration({ bytes: 'BYTEA', integer: 'BIGINT', serial: 'BIGINT', table: '' });
      for (const statement of statements) {
        expect(statement).toMatch(/^(?:CREATE TABLE|CREATE (?:UNIQUE )?INDEX|ALTER TABLE \w+ ADD COLUMN) /);
        // Whoever does not know a column gives it no value.
        if (statement.startsWith('ALTER')) expect(statement).not.toMatch(/NOT NULL(?! DEFAULT)/);
      }
    },
  );
});

describe('SECRET_KEY', () => {
  it('that the store was not made with is refused, and one that is rotated opens it', async () => {
    const { store } = await open();
    await begin(store);
    await failTimes(store, 10);
    await expect(open({ secretKeys: [OTHER_KEY] })).rejects.toMatchObject({ code: 'store-key-mismatch' });
    const rotated = await open({ secretKeys: [OTHER_KEY, SECRET_KEY] });
    expect(await rotated.store.accountLocked(ACCOUNT, T0)).toBe(true);
    await expect(open()).rejects.toMatchObject({ code: 'store-key-mismatch' });
  });

  it('is rotated instance by instance: the new one is made known to all before it comes first in any', async () => {
    const connect = { connections: 1 };
    const [one, other] = [await open(connect), await open(connect)];
    const nonce = await begin(one.store);
    await one.store.close();
    const knowing = await open({ ...connect, secretKeys: [SECRET_KEY, OTHER_KEY] });
    await other.store.close();
    await open({ ...connect, secretKeys: [OTHER_KEY, SECRET_KEY] });
    await cutConnections();
    expect(await knowing.store.claimTurn(claimOf(turn(nonce)))).toMatchObject({ kind: 'won' });
  });

  it('that is missing is refused', async () => {
    await expect(open({ secretKeys: [] })).rejects.toMatchObject({ code: 'settings-invalid' });
  });
});

describe('a command beside the server', () => {
  it('makes no store where there is none', async () => {
    await expect(open({ make: false })).rejects.toMatchObject({
      code: 'settings-invalid',
      message: 'There is no store at DATABASE_URL.',
    });
    expect(await sql("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'calls'")).toEqual(
      [],
    );
    await open();
    await open({ make: false });
  });
});

describe('PostgreSQL that cannot be used', () => {
  it.each([
    ['nobody listens', 'postgres://dialproof:secret@127.0.0.1:1/postgres', 'cannot be reached'],
    ['the password is wrong', () => url.replace('secret', 'wrong'), 'does not let us in'],
    ['the database is not there', () => url.replace('/postgres?', '/nowhere?'), 'does not let us in'],
  ])('because %s: the reason, and what to do, without the address', async (_why, at, says) => {
    const given = typeof at === 'string' ? at : at();
    const error = await open({ url: given }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ ...unavailable, message: expect.stringContaining(says), fix: expect.any(String) });
    expect(String(error)).toContain('could not be opened');
    // Nothing runs yet that could.
    expect(error).not.toMatchObject({ fix: expect.stringContaining('goes on by itself') });
    expect(JSON.stringify(error)).not.toMatch(/secret|wrong|127\.0\.0\.1/);
  });

  it('because its certificate is not trusted: how its authority is named', async () => {
    await using at = await scratch();
    await run(certificate, at);
    await using tls = await untrusted(at.folder);
    for (const make of [true, false])
      await expect(open({ url: `${tls.url}?sslmode=verify-full`, make })).rejects.toMatchObject({
        ...unavailable,
        message: 'The store could not be opened: the certificate of PostgreSQL is not trusted.',
        fix: expect.stringContaining('&sslrootcert=/etc/dialproof/postgres-ca.pem'),
      });
    const authority = encodeURIComponent(path.join(at.folder, 'certificate.pem'));
    await expect(open({ url: `${tls.url}?sslmode=verify-full&sslrootcert=${authority}` })).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining('is not trusted'),
      fix: expect.stringContaining('the name of the server that the certificate is for'),
    });
  });

  it('because it does not speak TLS, and DATABASE_URL asks for it', async () => {
    for (const make of [true, false])
      await expect(open({ url: `${url}&sslmode=verify-full`, make })).rejects.toMatchObject({
        ...unavailable,
        message: 'The store could not be opened: PostgreSQL does not speak TLS.',
        fix: 'Set ssl = on there, or take sslmode out of DATABASE_URL on a network that you trust.',
      });
  });

  it.each([
    ['is not there', '/nowhere/authority.pem'],
    ['is a folder', '/'],
  ])('because the file of the authority %s', async (_what, file) => {
    for (const make of [true, false])
      await expect(
        open({ url: `${url}&sslmode=verify-full&sslrootcert=${encodeURIComponent(file)}`, make }),
      ).rejects.toMatchObject({
        ...unavailable,
        message: 'The store could not be opened: sslrootcert in DATABASE_URL names a file that cannot be read.',
        fix: expect.stringContaining("the server's user"),
      });
  });

  it('because the user may not make tables: one command mends it', async () => {
    const name = `forbidden_${randomBytes(6).toString('hex')}`;
    const given = url.replace('dialproof:', `${name}:`).replace(/\/postgres\?.*$/, `/${name}`);
    await sql(`CREATE ROLE ${name} LOGIN PASSWORD 'secret'`);
    await sql(`CREATE DATABASE ${name}`);
    const error: unknown = await open({ url: given }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ ...unavailable, message: expect.stringContaining('does not allow it') });
    const { fix = '' } = error as { readonly fix?: string };
    const [, command = ''] = /: (ALTER DATABASE .*)\.$/.exec(fix) ?? [];
    await sql(command.replace('the_database', name).replace('the_user', name));
    await (await open({ url: given })).store.ready(T0);
  });

  it('because another one stands in its place: nothing is written there, since it knows of no lock', async () => {
    const { store } = await open();
    await begin(store);
    await sql(`UPDATE store_keys SET wrapped = wrapped || '\\x00'`);
    await cutConnections();
    await expect(store.claimTurn(claimOf(START))).rejects.toMatchObject({ code: 'store-key-mismatch' });
  });

  it('because it is a standby, which takes no writes', async () => {
    const { store } = await open();
    const readOnly = await open({
      url: url.replace('-c%20', '-c%20default_transaction_read_only%3Don%20-c%20'),
      make: false,
    });
    await expect(readOnly.store.ready(T0)).rejects.toMatchObject({
      ...unavailable,
      message: expect.stringContaining('read-only'),
    });
    await store.ready(T0);
  });
});

describe('a plain turn', () => {
  it('takes two round trips: what it finds, and what it leaves with the commit', async () => {
    const wire = await countedWire(url);
    const { store } = await open({ url: wire.url, connections: 1 });
    let nonce = await begin(store);
    // The first one prepares the statements.
    for (let turns = 0; turns < 2; turns += 1) {
      const before = wire.trips();
      const claim = claimOf(turn(nonce));
      nonce = `nonce ${turns}`;
      const claimed = await store.claimTurn(claim, (won) => saveOf(claim, won, { nonce }));
      expect(claimed).toMatchObject({ kind: 'answered' });
      if (turns > 0) expect(wire.trips() - before).toBe(2);
    }
    await store.close();
    await wire.close();
  });

  it('that asks for something outside is claimed in two, and its reply is saved in two', async () => {
    const wire = await countedWire(url);
    const { store } = await open({ url: wire.url, connections: 1 });
    const nonce = await take(store, claimOf(turn(await begin(store))));
    const before = wire.trips();
    const claim = claimOf(turn(nonce));
    const won = mustWin(await store.claimTurn(claim, () => null));
    expect(await store.saveTurn(saveOf(claim, won))).toEqual({ kind: 'saved' });
    expect(wire.trips() - before).toBe(4);
    await store.close();
    await wire.close();
  });
});

describe('a newer version that changes a table', () => {
  it('waits for a reader, and the version before goes on meanwhile', async () => {
    const { store } = await open();
    await begin(store);
    await sql(`ALTER TABLE calls DROP COLUMN nonce_hash; DROP INDEX calls_by_start; DROP INDEX audit_by_call;
      DELETE FROM schema_version WHERE version > 6`);
    const reader = new pg.Client({ connectionString: url });
    await reader.connect();
    await reader.query('BEGIN; SELECT COUNT(*) FROM calls');
    const newer = open();
    const called: string[] = [];
    for (let calls = 0; calls < 3; calls += 1) {
      await pause(300);
      called.push((await store.claimTurn(claimOf(START, { call: `CA${calls}` }))).kind);
    }
    expect(called).toEqual(['won', 'won', 'won']);
    await reader.query('COMMIT');
    await reader.end();
    expect(await (await newer).store.claimTurn(claimOf(START, { call: 'CA9' }))).toMatchObject({ kind: 'won' });
  });
});

describe('the version that took a turn by its nonce alone', () => {
  it('finds no nonce of a call that this one has moved on, and so looks at the call', async () => {
    const { store } = await open();
    const nonce = await begin(store);
    await sql("UPDATE calls SET nonce_hash = 'of the question before'");
    await take(store, claimOf(turn(nonce)));
    expect(await sql('SELECT nonce_hash FROM calls')).toEqual([{ nonce_hash: null }]);
  });
});

describe('a session that has lost its prepared statements', () => {
  it('is given up for another, and the turn is taken once', async () => {
    const { store } = await open({ connections: 1 });
    const claim = claimOf(turn(await begin(store)));
    await sql(`CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DEALLOCATE ALL; RETURN NEW; END';
      CREATE TRIGGER lose AFTER INSERT OR UPDATE ON health FOR EACH ROW EXECUTE FUNCTION lose()`);
    await store.ready(T0);
    const claimed = await store.claimTurn(claim, (won) => saveOf(claim, won, { nonce: 'next' }));
    expect(claimed).toMatchObject({ kind: 'answered' });
    expect(await store.claimTurn(claim)).toMatchObject({ kind: 'saved' });
    expect(await sql('SELECT turns::int FROM calls')).toEqual([{ turns: 2 }]);
  });
});

/** Stands before PostgreSQL and counts how often the client waits for an answer before it says more. */
async function countedWire(of: string) {
  const target = Number(new URL(of).port);
  let trips = 0;
  const server = net.createServer((client) => {
    const database = net.connect(target, '127.0.0.1');
    let isOurTurn = true;
    client.on('data', (data) => {
      if (isOurTurn) trips += 1;
      isOurTurn = false;
      database.write(data);
    });
    database.on('data', (data) => {
      isOurTurn = true;
      client.write(data);
    });
    client.on('close', () => database.destroy());
    database.on('close', () => client.destroy());
    for (const socket of [client, database]) socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: of.replace(`:${target}/`, `:${port}/`),
    trips: () => trips,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Begins TLS as PostgreSQL does, with a certificate that no authority has signed. */
async function untrusted(folder: string) {
  const [key, cert] = await Promise.all(
    ['certificate.key', 'certificate.pem'].map((name) => readFile(path.join(folder, name))),
  );
  const server = net.createServer((client) => {
    client.on('error', () => undefined);
    client.once('data', () => {
      client.write('S');
      new TLSSocket(client, { isServer: true, key, cert }).on('error', () => undefined);
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `postgres://dialproof:secret@127.0.0.1:${port}/postgres`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

function fail(): never {
  throw new Error('there is no such instance');
}

describe('docs/operators.md', () => {
  it('says what to do for each reason why PostgreSQL cannot be used', async () => {
    const page = await readFile('docs/operators.md', 'utf8');
    const section = page.slice(page.indexOf('### With PostgreSQL'));
    const rows = [...section.matchAll(/^\| (?!`|-)([^|]+) \|/gm)].map(([, why]) => why).slice(0, FAULTS.length);
    expect(new Set(rows)).toEqual(new Set(FAULTS.map(({ why }) => why)));
  });
});
