import {
  FAILURES_PER_LOCK,
  FAILURES_UNTIL_OFF,
  isLocked,
  opensAt,
  type AccountStanding,
} from '../../core/verification/lock.ts';
import { counted } from '../counted.ts';
import { inUtc } from '../in-utc.ts';

/** What counts against an account, in one line for an operator. */
export function described(standing: AccountStanding, now: number): string {
  const { failures, lastFailureAt } = standing;
  if (!Number.isSafeInteger(failures) || failures < 0)
    return 'locked until it is opened: what the store holds of it cannot be read.';
  if (failures === 0) return 'open, and no wrong code since the last right one.';
  // After one that nobody judged was taken back, it is not known when the one before it was.
  const last = lastFailureAt === 0 ? '' : `, the last one ${inUtc(lastFailureAt)}`;
  const wrong = `${counted(failures, 'wrong code')} in a row${last}`;
  if (!isLocked(standing, now)) return `open, after ${wrong}. Number ${nextLock(failures)} locks it.`;
  const end = opensAt(standing);
  return `locked until ${end === null ? 'it is opened' : inUtc(end)}, after ${wrong}.`;
}

function nextLock(failures: number): number {
  const next = (Math.floor(failures / FAILURES_PER_LOCK) + 1) * FAILURES_PER_LOCK;
  return Math.min(next, FAILURES_UNTIL_OFF);
}
