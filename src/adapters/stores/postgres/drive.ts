import type pg from 'pg';
import { DialproofError } from '../../../core/errors.ts';
import type { Operation, Row, Statement } from '../sql/operation.ts';
import { refused } from '../unavailable.ts';
import { query } from './connections.ts';
import { CutOff, isCutOff } from './faults.ts';

const BEGIN = command('BEGIN ISOLATION LEVEL READ COMMITTED');
const COMMIT = command('COMMIT');
const ROLLBACK = command('ROLLBACK');

/**
 * Runs one operation in a transaction. READ COMMITTED is enough: what an operation holds (`holdRow`, `holdName`) it reads
 * after it has it. Only what it asks for is waited for: a statement without an answer goes out with the next one.
 */
export async function drive<T>(client: pg.ClientBase, operation: Operation<T>): Promise<T> {
  const failures: unknown[] = [];
  let isCommitting = false;
  const send = (statement: Statement): Promise<readonly Row[]> => {
    const answer = query(client, statement);
    answer.catch((error: unknown) => failures.push(error));
    return answer;
  };
  try {
    void send(BEGIN);
    let rows: readonly Row[] = [];
    for (;;) {
      const step = next(operation, rows);
      if (step.done) {
        isCommitting = true;
        await send(COMMIT);
        if (failures.length > 0) throw failures[0];
        return step.value;
      }
      const answer = send(step.value);
      rows = step.value.gives.startsWith('row') ? await answer : [];
    }
  } catch (error) {
    // What follows a failure in a transaction fails as well, and says nothing of why.
    const cause = failures[0] ?? error;
    throw !isCommitting && isCutOff(cause) ? new CutOff(cause) : cause;
  }
}

/** False where that fails. */
export function rollBack(client: pg.ClientBase): Promise<boolean> {
  return query(client, ROLLBACK).then(
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

function command(sql: string): Statement {
  return { sql, params: [], gives: 'none' };
}
