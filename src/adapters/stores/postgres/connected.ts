import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { DialproofError } from '../../../core/errors.ts';
import type { Operation, Run } from '../sql/operation.ts';
import { closed, refused } from '../unavailable.ts';
import { drive, rollBack } from './drive.ts';
import { hasLostStatements, isRefusal, triesOf, unwritable } from './faults.ts';

/** So long others may be in the way, milliseconds. */
const PATIENCE = 3_000;

/** PostgreSQL, as the store has it: whatever it cannot do rejects with `store-unavailable`. */
export class Connected {
  private readonly pool: pg.Pool;
  private readonly onError: (error: DialproofError) => void;
  private readonly inFlight = new Set<Promise<unknown>>();
  private ended: Promise<void> | null = null;

  /** `onError` hears of everything that PostgreSQL is to blame for. */
  constructor(pool: pg.Pool, onError: (error: DialproofError) => void) {
    this.pool = pool;
    this.onError = onError;
  }

  /** Runs an operation in a transaction of its own. */
  readonly run: Run = (operation) => this.tracked(() => this.inTransaction(operation()));

  /** Finishes what was asked before; whatever comes later is rejected. */
  close(): Promise<void> {
    this.ended ??= Promise.allSettled(this.inFlight).then(() => this.pool.end());
    return this.ended;
  }

  private async tracked<T>(attempt: () => Promise<T>): Promise<T> {
    if (this.ended !== null) throw closed();
    const answer = this.insistently(attempt);
    this.inFlight.add(answer);
    try {
      return await answer;
    } finally {
      this.inFlight.delete(answer);
    }
  }

  /** Again while others are in the way. */
  private async insistently<T>(attempt: () => Promise<T>): Promise<T> {
    const since = performance.now();
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        const again = tries < triesOf(error) && performance.now() - since < PATIENCE;
        if (!again) throw this.blamed(error);
      }
      await pause(Math.random() * Math.min(20, 2 * tries));
    }
  }

  private blamed(error: unknown): DialproofError {
    if (error instanceof DialproofError) return error;
    if (isRefusal(error)) return refused(error);
    const failure = unwritable(error);
    this.onError(failure);
    return failure;
  }

  private async inTransaction<T>(operation: Operation<T>): Promise<T> {
    const client = await this.pool.connect();
    try {
      const value = await drive(client, operation);
      client.release();
      return value;
    } catch (error) {
      // What cannot be rolled back is broken.
      client.release(!(await rollBack(client)) || hasLostStatements(error));
      throw error;
    }
  }
}
