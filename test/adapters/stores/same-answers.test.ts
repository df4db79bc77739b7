import { expect, it } from 'vitest';
import { playBoth } from './two-stores/play-both.ts';

const RUNS = Number(process.env['STORE_RUNS'] ?? 20);

it('a store in memory answers what SQLite answers, whatever they are asked', async () => {
  const reached = await playBoth(RUNS);
  expect(reached.size).toBeGreaterThan(0);
});
