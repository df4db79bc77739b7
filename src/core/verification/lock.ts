/** The account's own lock, over all calls, numbers, methods and channels (NIST SP 800-63B-4 3.2.2). */

/** Failures in a row after which the account rests. */
export const FAILURES_PER_LOCK = 10;
/** How long it rests each time, milliseconds (PCI DSS 8.3.4). */
export const LOCK_LASTS = 30 * 60_000;
/** Failures in a row after which only an operator opens it again. */
export const FAILURES_UNTIL_OFF = 100;

/**
 * So many attempts of an account that nobody judged are taken back, in this time. A system that answers wrong codes as if
 * it were broken would otherwise let anybody guess for ever.
 */
export const TAKEN_BACK = { most: 10, within: 24 * 3_600_000 } as const;

/**
 * So many notices of locks go to one destination, in this time: all of one account on its way to being off. Whoever locks
 * and opens an account again and again cannot send more.
 */
export const NOTICES = { most: FAILURES_UNTIL_OFF / FAILURES_PER_LOCK, within: 24 * 3_600_000 } as const;

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
 * As it is at `now`. A failure that lies ahead was counted before the clock was set back: it happened now at the latest,
 * so that the account rests no longer than a lock lasts.
 */
export function seenAt(standing: AccountStanding, now: number): AccountStanding {
  return standing.lastFailureAt > now ? { ...standing, lastFailureAt: now } : standing;
}

/** When a locked account opens again, milliseconds; null where only an operator opens it. */
export function opensAt({ failures, lastFailureAt }: AccountStanding): number | null {
  const rests = Number.isSafeInteger(failures) && failures >= 0 && failures < FAILURES_UNTIL_OFF;
  return rests ? lastFailureAt + LOCK_LASTS : null;
}

/** The same without its newest failure. A lock that this comes back to was sat out before that failure could be counted. */
export function withoutNewest({ failures, lastFailureAt }: AccountStanding): AccountStanding {
  const left = failures - 1;
  return { failures: left, lastFailureAt: left % FAILURES_PER_LOCK === 0 ? 0 : lastFailureAt };
}
