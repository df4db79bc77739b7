import type { Clock } from '../../core/contracts/clock.ts';

const MOST = 100_000;

/**
 * When this process issued which code, by a clock that is never set back: a wall clock that steps must not make a code
 * live longer. Codes of another process, or from before a restart, have only the wall clock.
 */
export class Lifetimes {
  private readonly clock: Clock;
  private readonly ends = new Map<string, number>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  begin(challenge: string, lasts: number): void {
    this.ends.set(challenge, this.clock.monotonic() + lasts);
    const [oldest] = this.ends.keys();
    if (this.ends.size > MOST && oldest !== undefined) this.ends.delete(oldest);
  }

  isOver(challenge: string): boolean {
    const end = this.ends.get(challenge);
    return end !== undefined && this.clock.monotonic() > end;
  }
}
