import type { CloseReason } from '../../core/contracts/codes.ts';

/** The word a code is closed with once its attempts ran out; such a code still answers `too-many`. */
export const OUT_OF_ATTEMPTS: CloseReason = 'attempts';

/** Of a code that was reported as failed: closed by the very turn that learns of it, so whoever takes that turn over learns the same. */
const LEARNED_OF: readonly (string | null)[] = ['undelivered', 'wrong'] satisfies readonly CloseReason[];

export function isLearnedOf(closedWhy: string | null): boolean {
  return LEARNED_OF.includes(closedWhy);
}
