import type { Clock } from '../core/contracts/clock.ts';

interface Timer {
  readonly at: number;
  readonly act: () => void;
}

/** When simulated calls begin: any fixed moment does, so that a call can be played again and is the same. */
const EPOCH = Date.UTC(2026, 0, 5, 10);

/**
 * A clock that goes only when it is told to, or when everybody waits for it: a service that takes four seconds takes
 * none here. Milliseconds.
 */
export class VirtualClock implements Clock {
  private passed = 0;
  private readonly timers = new Set<Timer>();

  now(): number {
    return EPOCH + this.passed;
  }

  monotonic(): number {
    return this.passed;
  }

  after(ms: number, act: () => void): () => void {
    const timer = { at: this.passed + ms, act };
    this.timers.add(timer);
    return () => void this.timers.delete(timer);
  }

  /** Resolves after so many milliseconds of this clock. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** Lets time pass; what is due on the way happens when it is due. */
  advance(ms: number): void {
    const until = this.passed + ms;
    for (let next = this.next(); next !== undefined && next.at <= until; next = this.next()) this.fire(next);
    this.passed = until;
  }

  /** The result of some work; the clock goes to what is due next whenever nothing else can go on. */
  async until<T>(work: Promise<T>): Promise<T> {
    for (;;) {
      const first = await firstOf(work);
      if (first !== IDLE) return first;
      const next = this.next();
      if (next !== undefined) this.fire(next);
    }
  }

  private next(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.timers) if (next === undefined || timer.at < next.at) next = timer;
    return next;
  }

  private fire(timer: Timer): void {
    this.timers.delete(timer);
    this.passed = Math.max(this.passed, timer.at);
    timer.act();
  }
}

const IDLE = Symbol('nothing can go on');

/** `IDLE` where the work cannot go on by itself: all that was ready to happen has happened. */
function firstOf<T>(work: Promise<T>): Promise<T | typeof IDLE> {
  return new Promise((resolve, reject) => {
    const immediate = setImmediate(resolve, IDLE);
    work.finally(() => clearImmediate(immediate)).then(resolve, reject);
  });
}
