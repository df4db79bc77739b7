import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../../src/core/contracts/store.ts';

/**
 * Lets a process die at any point of a turn: after so many operations of its store, each of them durable, nothing that
 * it does reaches the store any more. What it still answers is lost with it, and the caller of this must not look at it.
 */
export class Mortality {
  private left = Infinity;
  private readonly slow = new Map<keyof Store, number>();

  diesAfter(operations: number): void {
    this.left = operations;
  }

  /** Another process on the same store. */
  revives(): void {
    this.left = Infinity;
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
          const ms = this.slow.get(name as keyof Store);
          if (ms === undefined) return Reflect.apply(operation, real, given);
          this.slow.delete(name as keyof Store);
          return pause(ms).then((): unknown => Reflect.apply(operation, real, given));
        };
      },
    });
  }
}
