import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { openSqliteStore } from '../../../src/adapters/stores/sqlite/open-sqlite-store.ts';
import type { OpenedAtRest } from '../../contracts/store/caller.ts';
import { looking } from './looking.ts';

export const SECRET_KEY: Uint8Array = Buffer.alloc(32, 7);

/** A folder of its own for one test. */
export async function temporaryFolder(): Promise<{ path: string; file: string; remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'dialproof-store-'));
  return { path, file: join(path, 'dialproof.db'), remove: () => rm(path, { recursive: true, force: true }) };
}

/** A new store in a folder of its own, with a second connection that looks at the same file. */
export async function temporaryStore(): Promise<OpenedAtRest & { readonly file: string; readonly path: string }> {
  const folder = await temporaryFolder();
  const { store, keyring } = await openSqliteStore({ path: folder.file, secretKeys: [SECRET_KEY] });
  const inspector = new Database(folder.file);
  const sql: OpenedAtRest['sql'] = async (statement) =>
    inspector
      .prepare(statement)
      .all([])
      .map((row) => Object.fromEntries(Object.entries(row ?? {})));
  return {
    ...looking(sql),
    sql,
    store,
    keyring,
    file: folder.file,
    path: folder.path,
    async bytes() {
      const files = await readdir(folder.path);
      return Buffer.concat(await Promise.all(files.map((file) => readFile(join(folder.path, file)))));
    },
    async remove() {
      inspector.close();
      await store.close();
      await folder.remove();
    },
  };
}
