import type { AccountStanding } from '../../core/verification/lock.ts';
import { isCount } from './count.ts';

/** Of an account that nothing is kept of: nothing wrong was tried since its last success. */
export const CLEAR: AccountStanding = { failures: 0, lastFailureAt: 0 };
/** Of one whose counts cannot be believed: `isLocked` takes it as exhausted. */
const CORRUPT: AccountStanding = { failures: Number.NaN, lastFailureAt: 0 };

export function believed(kept: AccountStanding): AccountStanding {
  return isCount(kept.failures) && isCount(kept.lastFailureAt) ? kept : CORRUPT;
}
