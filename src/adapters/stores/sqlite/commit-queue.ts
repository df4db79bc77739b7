import { setImmediate as nextTick, setTimeout as pause } from 'node:timers/promises';
import { DialproofError } from '../../../core/errors.ts';
import type { Operation, Row, Run } from '../sql/operation.ts';
import { resultCode, type Connection } from './connection.ts';
import { closed as closedStore, refused } from '../unavailable.ts';
import { unwritable } from './unwritable.ts';

/** How long a database that another process writes to is waited for, milliseconds. */
const PATIENCE = 3_000;
/** Most operations of one commit: the event loop gets its turn in between. */
const BATCH = 32;
const BUSY = 5;
/** READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB: nothing that follows in this transaction can be relied on. */
const BROKEN = new Set([8, 10, 11, 13, 14, 26]);

interface Queued {
  /** Runs inside the transaction; what it returns settles the promise, once the commit is durable. Throws what fails. */
  readonly perform: (connection: Connection) => () => void;
  /** The same in a savepoint of its own: a failure is undone alone, and only that of the database itself is thrown. */
  readonly performApart: (connection: Connection) => () => void;
  readonly reject: (error: DialproofError) => void;
}

export interface CommitQueue {
  readonly run: Run;
  /** Finishes what is queued; whatever comes later is rejected. */
  readonly close: () => Promise<void>;
}

/**
 * Group commit: the operations of one tick share one transaction and one fsync, and no promise settles before the commit.
 * Where one of them fails, all are undone and run again, each in a savepoint of its own. Rejections are `store-unavailable`; `onError` hears of each broken batch once.
 */
export function commitQueue(connect: () => Connection, onError: (error: DialproofError) => void): CommitQueue {
  const queued: Queued[] = [];
  let connection: Connection | null = null;
  let draining: Promise<void> | null = null;
  let closed = false;

  /** A connection to a broken file is given up, so that a repaired one is found again. */
  function abandon(): void {
    const given = connection;
    connection = null;
    given?.close();
  }

  async function begin(): Promise<Connection> {
    for (const since = performance.now(); ;) {
      try {
        if (connection?.isInPlace === false) abandon();
        connection ??= connect();
        command(connection, 'BEGIN IMMEDIATE');
        return connection;
      } catch (error) {
        if (resultCode(error) !== BUSY || performance.now() - since >= PATIENCE) throw error;
      }
      await pause(1 + Math.random() * 9);
    }
  }

  async function drain(): Promise<void> {
    while (queued.length > 0) {
      await nextTick();
      let batch: readonly Queued[] = [];
      try {
        let open = await begin();
        batch = queued.splice(0, BATCH);
        let settle = together(open, batch);
        if (settle === null) {
          command(open, 'ROLLBACK');
          open = await begin();
          settle = apart(open, batch);
        }
        await open.commit();
        for (const each of settle) each();
      } catch (error) {
        const failure = unwritable(error);
        // Nothing began: the database did not answer anybody who waits for it.
        if (batch.length === 0) batch = queued.splice(0);
        for (const item of batch) item.reject(failure);
        if (connection?.inTransaction) rollBack(connection);
        if (resultCode(error) !== BUSY) abandon();
        onError(failure);
      }
    }
    draining = null;
  }

  return {
    run: (operation) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(closedStore());
          return;
        }
        queued.push({
          reject,
          perform(open) {
            const value = drive(open, operation());
            return () => resolve(value);
          },
          performApart(open) {
            try {
              const value = inSavepoint(open, operation);
              return () => resolve(value);
            } catch (error) {
              undoAlone(open, error);
              const failure = error instanceof DialproofError ? error : refused(error);
              return () => reject(failure);
            }
          },
        });
        draining ??= drain();
      }),
    async close() {
      closed = true;
      await draining;
      abandon();
    },
  };
}

/** Null where an operation failed and the database is as good as before. */
function together(connection: Connection, batch: readonly Queued[]): readonly (() => void)[] | null {
  try {
    return batch.map((item) => item.perform(connection));
  } catch (error) {
    if (isBroken(connection, error)) throw error;
    return null;
  }
}

function apart(connection: Connection, batch: readonly Queued[]): readonly (() => void)[] {
  return batch.map((item) => item.performApart(connection));
}

function inSavepoint<T>(connection: Connection, operation: () => Operation<T>): T {
  command(connection, 'SAVEPOINT operation');
  const value = drive(connection, operation());
  command(connection, 'RELEASE operation');
  return value;
}

/** Undoes the operation that failed and leaves its neighbours; throws when it was the database that failed. */
function undoAlone(connection: Connection, error: unknown): void {
  if (isBroken(connection, error)) throw error;
  command(connection, 'ROLLBACK TO operation');
  command(connection, 'RELEASE operation');
}

/** Whether it was the database that failed, so that nothing of the transaction can be relied on. */
function isBroken({ inTransaction }: Connection, error: unknown): boolean {
  return !inTransaction || BROKEN.has(resultCode(error) ?? 0);
}

/** Runs one operation in whatever transaction there is. */
export function drive<T>(connection: Connection, operation: Operation<T>): T {
  let rows: readonly Row[] = [];
  for (;;) {
    const step = operation.next(rows);
    if (step.done) return step.value;
    // The transaction has the whole database to itself.
    rows = step.value.gives === 'hold' ? [] : connection.run(step.value);
  }
}

function command(connection: Connection, sql: string): void {
  connection.run({ sql, params: [] });
}

function rollBack(connection: Connection): void {
  try {
    command(connection, 'ROLLBACK');
  } catch {
    // SQLite has rolled back by itself, or the file is gone; either way nothing was committed.
  }
}
