import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { openSqliteStore } from '../../../src/adapters/stores/sqlite/open-sqlite-store.ts';
import type { AuditLine, Damage, OpenedAtRest } from '../../contracts/store/caller.ts';

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

function looking(sql: OpenedAtRest['sql']): Pick<OpenedAtRest, 'audit' | 'closedWhy' | 'states' | 'damage'> {
  return {
    async audit() {
      const columns = 'call_id AS call, happened_at AS at, kind, account_hash AS account, method, masked, detail';
      return (await sql(`SELECT ${columns} FROM audit ORDER BY id`)) as unknown as readonly AuditLine[];
    },
    async closedWhy() {
      const rows = await sql('SELECT closed_why FROM challenges ORDER BY rowid');
      return rows.map((row) => row['closed_why'] as string | null);
    },
    states: async () => (await sql('SELECT id FROM calls WHERE state IS NOT NULL')).length,
    async damage(damage) {
      for (const statement of damaging(damage)) await sql(statement);
    },
  };
}

function damaging({ attempts, standing, sends, used, ...damage }: Damage): readonly string[] {
  const { failures, lastFailureAt } = standing ?? {};
  const counts: readonly (readonly [column: string, count: number | undefined])[] = [
    ['challenges SET attempts', attempts],
    ['accounts SET failures', failures],
    ['accounts SET last_failure_at', lastFailureAt],
    ['calls SET sends', sends],
    ['authenticators SET last_step', damage.lastStep],
    ['devices SET remembered_at', damage.rememberedAt],
    ['device_tokens SET replaced_at', damage.replacedAt],
    ['devices SET expires_at', damage.expiresAt],
    ['sign_ins SET expires_at', damage.expiresAt],
    ['sign_ins SET ticket_expires_at', damage.expiresAt],
  ];
  const all = counts.flatMap(([column, count]) => (count === undefined ? [] : [`UPDATE ${column} = ${count}`]));
  const oldest = '(SELECT MIN(bucket) FROM budgets)';
  return used === undefined ? all : [...all, `UPDATE budgets SET used = ${used} WHERE bucket = ${oldest}`];
}
