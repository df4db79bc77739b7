import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAILURES_PER_LOCK, FAILURES_UNTIL_OFF, isLocked, LOCK_LASTS } from '../../../src/core/verification/lock.ts';

const AT = 1_800_000_000_000;
const MINUTE = 60_000;

function locked(failures: number, minutesLater: number, lastFailureAt = AT): boolean {
  return isLocked({ failures, lastFailureAt }, AT + minutesLater * MINUTE);
}

describe("the account's own lock (NIST SP 800-63B-4 3.2.2)", () => {
  it('is 30 minutes at every tenth failure in a row, and for good at the hundredth', () => {
    expect([FAILURES_PER_LOCK, LOCK_LASTS, FAILURES_UNTIL_OFF]).toEqual([10, 30 * MINUTE, 100]);
  });

  it.each([
    [0, 0, false],
    [9, 0, false],
    [10, 0, true],
    [10, 29.99, true],
    [10, 30, false],
    [11, 0, false],
    [19, 0, false],
    [20, 29, true],
    [20, 30, false],
    [90, 29, true],
    [90, 30, false],
    [99, 0, false],
    [100, 0, true],
    [100, 60 * 24 * 365, true],
    [101, 60 * 24 * 365, true],
  ])('%i failures, %d minutes after the last: locked is %s', (failures, minutes, expected) => {
    expect(locked(failures, minutes)).toBe(expected);
  });

  it('a clock that was set back does not open it', () => {
    expect(locked(10, -600)).toBe(true);
  });

  it.each([Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1, '10', null, undefined])(
    'a count of %s is taken as exhausted',
    (failures) => {
      expect(locked(failures as number, 0)).toBe(true);
    },
  );

  it('a time that cannot be read does not open it', () => {
    expect(locked(10, 60, Number.NaN)).toBe(true);
  });

  it('is never open within 30 minutes of a tenth failure', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: LOCK_LASTS - 1 }), (tens, later) => {
        expect(isLocked({ failures: tens * 10, lastFailureAt: AT }, AT + later)).toBe(true);
        expect(isLocked({ failures: tens * 10, lastFailureAt: AT }, AT + later + LOCK_LASTS)).toBe(false);
      }),
    );
  });
});
