import { accessSync, chmodSync, closeSync, constants, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import OffThread from 'libsql/promise';
import type { Row, Statement, Value } from '../sql/operation.ts';

/** 16 MiB, for the upper pages of all indexes: of SQLite's own 2 MiB, most are read anew once there are many calls. */
const CACHE = 'cache_size = -16384';

/** One connection to the file: WAL, each commit durable, and never a wait inside SQLite (it would block every call). */
export interface Connection {
  run(statement: Pick<Statement, 'sql' | 'params'>): readonly Row[];
  /** Resolves once the transaction is on the disk. The disk is waited for by another thread; nothing may run meanwhile. */
  commit(): Promise<void>;
  /** False once SQLite has rolled the transaction back by itself, as it does on a full disk. */
  readonly inTransaction: boolean;
  /** Whether the file under the path is still the one that was opened: what is written to another is lost. */
  readonly isInPlace: boolean;
  close(): void;
}

interface Prepared {
  readonly statement: Database.Statement;
  /** Null where it has no rows. */
  readonly columns: readonly string[] | null;
}

/**
 * Makes the file (mode 0600; SQLite gives its -wal and -shm the same) and its folder when they are missing, unless it is
 * one that was there before: an empty one in its place would know of no lock.
 */
export function connect(path: string, { make = true }: { readonly make?: boolean } = {}): Connection {
  if (make) makeFile(path);
  else accessSync(path, constants.R_OK | constants.W_OK);
  chmodSync(path, 0o600);
  const opened = identity(path);
  const database = new Database(path);
  const prepared = new Map<string, Prepared>();
  function prepare(sql: string): Prepared {
    const known = prepared.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    const columns = statement.reader
      ? statement
          .raw()
          .columns()
          .map(({ name }) => name)
      : null;
    const made = { statement, columns };
    prepared.set(sql, made);
    return made;
  }
  function run({ sql, params, gives }: Pick<Statement, 'sql' | 'params'> & Partial<Statement>): readonly Row[] {
    const { statement, columns } = prepare(sql);
    const bound = params.map(bindable);
    if (columns === null) {
      // In half the time of `all`.
      statement.run(bound);
      return [];
    }
    if (gives !== 'row') return statement.all(bound).map((values) => rowOf(values, columns));
    const values = statement.get(bound);
    return values === undefined ? [] : [rowOf(values, columns)];
  }
  try {
    for (const setting of [
      'busy_timeout = 0',
      'journal_mode = WAL',
      'synchronous = FULL',
      'foreign_keys = ON',
      CACHE,
    ]) {
      run({ sql: `PRAGMA ${setting}`, params: [] });
    }
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    run,
    async commit() {
      // What it offers is the same connection's, run by a thread of libsql's own.
      await OffThread.prototype.exec.call(database, 'COMMIT');
    },
    get inTransaction() {
      // Of one that is closed, libsql would end the whole process.
      return database.open && database.inTransaction;
    },
    get isInPlace() {
      return identity(path) === opened;
    },
    close() {
      prepared.clear();
      database.close();
    },
  };
}

/**
 * A file that is there is never opened here: the system takes all of SQLite's locks away from a process that closes it
 * anywhere (https://sqlite.org/howtocorrupt.html 2.2), and the next command beside would delete the log under it.
 */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
}

/** Null where there is nothing. */
function identity(path: string): string | null {
  const file = statSync(path, { throwIfNoEntry: false });
  return file === undefined ? null : `${file.dev} ${file.ino}`;
}

/** SQLite's result code without its extension (https://sqlite.org/rescode.html); null for any other error. */
export function resultCode(error: unknown): number | null {
  return error instanceof Database.SqliteError && error.rawCode !== undefined ? error.rawCode & 0xff : null;
}

/** libsql ends the whole process when it meets a value it cannot bind. */
function bindable(value: Value): Value {
  const fits = value === null || ['string', 'number'].includes(typeof value) || value instanceof Uint8Array;
  if (!fits) throw new TypeError(`A statement was given a ${typeof value}, which no column holds.`);
  return value;
}

/** libsql makes objects in twice the time that it takes for a list, and reads a BLOB as an ArrayBuffer. */
function rowOf(values: unknown, columns: readonly string[]): Row {
  const row: Record<string, Value> = {};
  for (const [index, value] of (values as readonly (Value | ArrayBuffer)[]).entries())
    row[columns[index] ?? ''] = value instanceof ArrayBuffer ? new Uint8Array(value) : value;
  return row;
}
