import type { Store } from '../../src/core/contracts/store.ts';
import type { Stopwatch } from './stopwatch.ts';

/** Tells the stopwatch when the last of so many calls is claimed or saved, and when the first of them is done with it. */
export function timedStore(
  store: Store,
  { calls, stopwatch }: { calls: number; stopwatch: Pick<Stopwatch, 'begins'> },
): Store {
  let claims = 0;
  let saves = 0;
  return {
    ...store,
    claimTurn: async (claim, atOnce) => {
      if (++claims % calls === 0) stopwatch.begins('claim');
      const claimed = await store.claimTurn(claim, (won) => {
        stopwatch.begins('step');
        const answer = atOnce?.(won) ?? null;
        stopwatch.begins('claim');
        return answer;
      });
      stopwatch.begins(claimed.kind === 'won' ? 'step' : 'after');
      return claimed;
    },
    saveTurn: async (save) => {
      if (++saves % calls === 0) stopwatch.begins('save');
      const saved = await store.saveTurn(save);
      stopwatch.begins('after');
      return saved;
    },
  };
}
