import type { Clock } from '../core/contracts/clock.ts';

/** The machine's own clocks. */
export const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
