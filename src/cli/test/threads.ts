import type { ThreadData } from '../threads/answer-jobs.ts';
import { shared, thread } from '../threads/pool.ts';
import type { NumberedPlayed, Players } from './players.ts';

export interface TestThreadData extends ThreadData {
  readonly traced: boolean;
}

/** Scenarios that a thread is given at a time. */
const PORTION = 50;

/** Several threads, each with a simulator of its own. */
export function threads(count: number, data: TestThreadData): Players {
  const hands = Array.from({ length: count }, () =>
    thread<readonly number[], readonly NumberedPlayed[]>('test/thread.js', data),
  );
  return {
    async *play(plays) {
      const numbers = plays.map(({ number }) => number);
      const portions = Array.from({ length: Math.ceil(numbers.length / PORTION) }, (_, index) =>
        numbers.slice(index * PORTION, (index + 1) * PORTION),
      );
      for await (const [, outcomes] of shared(portions, hands)) yield* outcomes;
    },
    async close() {
      await Promise.all(hands.map((hand) => hand.close()));
    },
  };
}
