import type { Clock } from '../../src/core/contracts/clock.ts';

/** The machine's clock, moved by hand: nothing waits for it. */
export class TestClock implements Clock {
  private offset = 0;
  private back = 0;

  now(): number {
    return Date.now() + this.offset - this.back;
  }

  monotonic(): number {
    return performance.now() + this.offset;
  }

  /** By the machine's own time: a turn that waits is waited for. */
  after(ms: number, act: () => void): () => void {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  }

  advance(ms: number): void {
    this.offset += ms;
  }

  /** Sets the wall clock forward; the monotonic one goes on. */
  setForward(ms: number): void {
    this.back -= ms;
  }

  /** Sets the wall clock back; the monotonic one goes on. */
  setBack(ms: number): void {
    this.back += ms;
  }
}
