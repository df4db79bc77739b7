import { expect } from 'vitest';

export function expectSame(actual: unknown, expected: unknown, what: string): void {
  expect({ [what]: actual }).toEqual({ [what]: expected });
}

export function expectAtMost(actual: number, most: number, what: string): void {
  if (actual > most) throw new Error(`${what}: ${actual}, and at most ${most} may be`);
}
