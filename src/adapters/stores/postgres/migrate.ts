import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Umzug } from 'umzug';
import { MIGRATIONS, type Dialect } from '../sql/schema.ts';
import { isLockedOut, unopenable } from './faults.ts';

const dialect: Dialect = {
  bytes: 'BYTEA',
  integer: 'BIGINT',
  serial: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  table: '',
};

/** Any number that nothing else in this database uses: "dialproo" in ASCII. */
const LOCK = '7235419221372432239';

/** Milliseconds that a change waits for its table, until it comes back, and for how long it does. */
const [GIVES_WAY, COMES_BACK, PATIENCE] = [500, 1_000, 60_000];

/**
 * Brings the tables up to date, once, however many instances start together. Tables that a newer Dialproof has made are
 * left alone: migrations only add (a test holds them to it), so that this one goes on beside it, and starts again. Rejects with `store-unavailable`.
 */
export async function migrate(url: string): Promise<void> {
  let client: pg.Client | null = null;
  try {
    // Reads the file of sslrootcert.
    client = new pg.Client({
      connectionString: url,
      application_name: 'dialproof',
      connectionTimeoutMillis: 3_000,
    });
    // Its statements say it as well.
    client.on('error', () => undefined);
    await client.connect();
    await client.query(`SELECT pg_advisory_lock(${LOCK})`);
    await client.query('CREATE TABLE IF NOT EXISTS schema_version (version BIGINT PRIMARY KEY)');
    await migrations(client).up();
  } catch (error) {
    throw unopenable(error);
  } finally {
    await client?.end();
  }
}

function migrations(client: pg.Client): Umzug<pg.Client> {
  return new Umzug({
    context: client,
    logger: undefined,
    migrations: MIGRATIONS.map((migration, index) => ({
      name: String(index + 1),
      up: () => apply(client, [...migration(dialect), `INSERT INTO schema_version (version) VALUES (${index + 1})`]),
    })),
    storage: {
      executed: async () => {
        const { rows } = await client.query<{ version: string }>('SELECT version FROM schema_version ORDER BY version');
        return rows.map(({ version }) => version);
      },
      // With the migration, in its transaction.
      logMigration: () => Promise.resolve(),
      unlogMigration: () => Promise.resolve(),
    },
  });
}

/**
 * A change of a table waits for whoever reads it, and everybody who comes after waits for the change: so it gives way soon,
 * and comes back. Rejects as a statement that takes too long once it has done so for a minute.
 */
async function apply(client: pg.Client, statements: readonly string[]): Promise<void> {
  for (const since = performance.now(); ;) {
    try {
      await inTransaction(client, [`SET LOCAL lock_timeout = ${GIVES_WAY}`, ...statements]);
      return;
    } catch (error) {
      if (!isLockedOut(error) || performance.now() - since >= PATIENCE) throw error;
    }
    await pause(COMES_BACK);
  }
}

async function inTransaction(client: pg.Client, statements: readonly string[]): Promise<void> {
  await client.query('BEGIN');
  try {
    for (const statement of statements) await client.query(statement);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
