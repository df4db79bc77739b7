import { expect, it } from 'vitest';
import { clock } from '../../src/adapters/clock.ts';
import { entropy } from '../../src/adapters/entropy.ts';

it('tokens are 128 bits in base64url and never the same', () => {
  const tokens = Array.from({ length: 1_000 }, () => entropy.token());
  expect(tokens.filter((token) => !/^[\w-]{22}$/.test(token))).toEqual([]);
  expect(new Set(tokens).size).toBe(1_000);
});

it('the clock gives the wall time, and a time that is never set back, in milliseconds', () => {
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1_000);
  const times = Array.from({ length: 100 }, () => clock.monotonic());
  expect(times.toSorted((a, b) => a - b)).toEqual(times);
});
