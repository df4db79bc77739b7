/** The account's own lock, over all calls, numbers, methods and channels (NIST SP 800-63B-4 3.2.2). */

/** Failures in a row after which the account rests. */
export const FAILURES_PER_LOCK = 10;
/** How long it rests each time, milliseconds (PCI DSS 8.3.4). */
export const LOCK_LASTS = 30 * 60_000;
/** Failures in a row after which only an operator opens it again. */
export const FAILURES_UNTIL_OFF = 100;

export interface AccountStanding {
  /** Wrong attempts in a row; a success clears them, a new code does not. */
  readonly failures: number;
  readonly lastFailureAt: number;
}

/** Whether an account may neither be sent a code nor try one. What cannot be read as a count and a time is taken as exhausted. */
export function isLocked(standing: AccountStanding, now: number): boolean {
  const { failures, lastFailureAt } = standing;
  if (!Number.isSafeInteger(failures) || failures < 0 || failures >= FAILURES_UNTIL_OFF) return true;
  if (failures === 0 || failures % FAILURES_PER_LOCK !== 0) return false;
  return !(now >= lastFailureAt + LOCK_LASTS);
}

/**
 * Without the newest failure, which was none. Nothing was charged while the account was locked: a lock at the count
 * before it was over by then, and does not begin again.
 */
export function withoutOne({ failures, lastFailureAt }: AccountStanding): AccountStanding {
  const before = failures - 1;
  return { failures: before, lastFailureAt: before % FAILURES_PER_LOCK === 0 ? 0 : lastFailureAt };
}
