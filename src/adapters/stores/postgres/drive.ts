import type pg from 'pg';
import { DialproofError } from '../../../core/errors.ts';
import type { Operation, Row, Statement } from '../sql/operation.ts';
import { refused } from '../unavailable.ts';
import { query } from './connections.ts';
import { CutOff, isCutOff } from './faults.ts';

const BEGIN = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/**
 * Runs one operation in a transaction. READ COMMITTED is enough: what an operation holds (`holdRow`, `holdName`) it reads
 * after it has it. Only what it asks for is waited for: a statement without an answer goes out with the next one.
 */
export async function drive<T>(client: pg.ClientBase, operation: Operation<T>): Promise<T> {
  const sent: Promise<unknown>[] = [];
  const send = <A>(answer: Promise<A>): Promise<A> => {
    // It is looked at later.
    answer.catch(() => undefined);
    sent.push(answer);
    return answer;
  };
  let isCommitting = false;
  try {
    // Not prepared: a session that has lost its prepared statements would do what follows without a transaction.
    void send(client.query(BEGIN));
    let rows: readonly Row[] = [];
    for (;;) {
      const step = next(operation, rows);
      if (step.done) {
        isCommitting = true;
        void send(client.query('COMMIT'));
        await Promise.all(sent);
        return step.value;
      }
      const answer = send(query(client, step.value));
      rows = step.value.gives.startsWith('row') ? await answer : [];
    }
  } catch (error) {
    // What follows a failure in a transaction fails as well, and says nothing of why.
    const failed = (await Promise.allSettled(sent)).find(({ status }) => status === 'rejected');
    const cause: unknown = failed?.status === 'rejected' ? failed.reason : error;
    throw !isCommitting && isCutOff(cause) ? new CutOff(cause) : cause;
  }
}

/** False where that fails. */
export function rollBack(client: pg.ClientBase): Promise<boolean> {
  return client.query('ROLLBACK').then(
    () => true,
    () => false,
  );
}

/** What an operation throws by itself is no fault of PostgreSQL's. */
function next<T>(operation: Operation<T>, rows: readonly Row[]): IteratorResult<Statement, T> {
  try {
    return operation.next(rows);
  } catch (error) {
    throw error instanceof DialproofError ? error : refused(error);
  }
}
