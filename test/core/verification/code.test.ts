import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAlive } from '../../../src/core/verification/code.ts';

const code = { issuedAt: 1_000, expiresAt: 301_000 };

describe('a code lives (D15, G65)', () => {
  it.each([
    ['before it was issued: the clock was set back', 999, false],
    ['when it is issued', 1_000, true],
    ['in the middle', 150_000, true],
    ['at its last moment', 301_000, true],
    ['a millisecond later', 301_001, false],
    ['at no time that can be read', Number.NaN, false],
  ])('%s: %d', (_what, now, alive) => {
    expect(isAlive(code, now)).toBe(alive);
  });

  it('from end to end and not outside', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(3_600_000), fc.integer(), (issuedAt, lasts, now) => {
        const expiresAt = issuedAt + lasts;
        expect(isAlive({ issuedAt, expiresAt }, issuedAt)).toBe(true);
        expect(isAlive({ issuedAt, expiresAt }, expiresAt)).toBe(true);
        expect(isAlive({ issuedAt, expiresAt }, now)).toBe(now >= issuedAt && now <= expiresAt);
      }),
    );
  });
});
