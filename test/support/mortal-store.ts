import { setTimeout as pause } from 'node:timers/promises';
import { DialproofError } from '../../src/core/errors.ts';
import type { Store } from '../../src/core/contracts/store.ts';

/**
 * Lets a process die at any point of a turn: after so many operations of its store, each of them durable, nothing that
 * it does reaches the store any more. What it still answers is lost with it, and the caller of this must not look at it.
 */
export class Mortality {
  private left = Infinity;
  /** What is left until the one operation that fails, and whether it has been done all the same. */
  private fault: { left: number; readonly isDone: boolean } | null = null;
  private readonly slow = new Map<keyof Store, number>();

  diesAfter(operations: number): void {
    this.left = operations;
  }

  /** Another process on the same store. */
  revives(): void {
    this.left = Infinity;
  }

  /** After so many operations one fails, once: before it is done, or, `isDone`, when only its answer is lost. */
  failsAfter(operations: number, isDone: boolean): void {
    this.fault = { left: operations, isDone };
  }

  /** Whether the one operation has failed. From here on none does. */
  hasFailed(): boolean {
    const failed = this.fault !== null && this.fault.left < 0;
    this.fault = null;
    return failed;
  }

  /** The next operation of this name begins so many milliseconds later. */
  delays(operation: keyof Store, ms: number): void {
    this.slow.set(operation, ms);
  }

  around(store: Store): Store {
    return new Proxy(store, {
      get: (real, name) => {
        const operation: unknown = Reflect.get(real, name, real);
        if (typeof operation !== 'function' || name === 'close') return operation;
        return (...given: readonly unknown[]): unknown => {
          if (this.left <= 0) return Promise.reject(new Error('this process is dead'));
          this.left -= 1;
          if (this.fault !== null && this.fault.left-- === 0)
            return this.fails(() => Reflect.apply(operation, real, given));
          const ms = this.slow.get(name as keyof Store);
          if (ms === undefined) return Reflect.apply(operation, real, given);
          this.slow.delete(name as keyof Store);
          return pause(ms).then((): unknown => Reflect.apply(operation, real, given));
        };
      },
    });
  }

  private async fails(operation: () => unknown): Promise<never> {
    if (this.fault?.isDone === true) await operation();
    throw new DialproofError('store-unavailable', 'The disk does not answer.', { fix: 'Wait a moment.' });
  }
}
