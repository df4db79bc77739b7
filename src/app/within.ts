import type { Clock } from '../core/contracts/clock.ts';

/** What took longer than it was given. */
export const LATE = Symbol('late');

/** The result, or `LATE` when it takes longer than so many milliseconds: the work itself goes on. */
export function within<T>(ms: number, work: Promise<T>, clock: Clock): Promise<T | typeof LATE> {
  return new Promise((resolve, reject) => {
    const callOff = clock.after(ms, () => resolve(LATE));
    work.finally(callOff).then(resolve, reject);
  });
}
