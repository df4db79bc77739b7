import pg from 'pg';
import { openPostgresStore } from '../../../src/adapters/stores/postgres/open-postgres-store.ts';
import { KEPT } from '../../../src/core/contracts/store.ts';
import { temporarySchema } from '../../support/postgres.ts';
import type { OpenedAtRest } from '../../contracts/store/caller.ts';
import { looking } from './looking.ts';
import { SECRET_KEY } from './temporary-store.ts';

interface Emptied {
  readonly url: string;
  readonly opened: Awaited<ReturnType<typeof openPostgresStore>>;
  readonly inspector: pg.Client;
}

/** Stores that nobody uses: emptied, one is ready sooner than a new one. */
const free: Emptied[] = [];

async function anyStore(): Promise<Emptied> {
  const emptied = free.pop();
  if (emptied !== undefined) return emptied;
  const url = await temporarySchema();
  const opened = await openPostgresStore({ url, connections: 8, secretKeys: [SECRET_KEY] });
  // All connections stand: who races then does so from the first moment.
  await Promise.all(Array.from({ length: 8 }, () => opened.store.countRows()));
  const inspector = new pg.Client({ connectionString: url, types: { getTypeParser } });
  await inspector.connect();
  return { url, opened, inspector };
}

/** An empty store, with a second connection that looks at the same tables. */
export async function postgresStore(): Promise<OpenedAtRest & { readonly url: string }> {
  const kept = await anyStore();
  const { url, opened, inspector } = kept;
  const sql: OpenedAtRest['sql'] = async (statement) => (await inspector.query(statement)).rows;
  return {
    ...looking(sql),
    ...opened,
    sql,
    url,
    async bytes() {
      const tables = await sql('SELECT tablename FROM pg_tables WHERE schemaname = current_schema()');
      const rows = await Promise.all(tables.map(({ tablename }) => sql(`SELECT * FROM ${String(tablename)}`)));
      const values = rows.flat().flatMap((row) => Object.values(row));
      return Buffer.concat(values.map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(String(value)))));
    },
    async remove() {
      // Sooner than TRUNCATE, which makes new files.
      await sql([...KEPT, 'accounts', 'health'].map((table) => `DELETE FROM ${table}`).join('; '));
      const isOpen = await opened.store.countRows().then(
        () => true,
        () => false,
      );
      if (isOpen) free.push(kept);
      else await inspector.end();
    },
  };
}

/** When all tests of a file are over. */
export async function closeStores(): Promise<void> {
  for (const { opened, inspector } of free.splice(0)) {
    await opened.store.close();
    await inspector.end();
  }
}

const getTypeParser: pg.CustomTypesConfig['getTypeParser'] = (type, format) =>
  type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format);
