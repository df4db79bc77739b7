import type { CloseReason } from '../../../core/contracts/codes.ts';
import type { Call, Challenge } from './memory.ts';

/** Closes the live codes of a call for good; without a call, nothing. */
export function closeLive(call: Call | undefined, why: CloseReason): void {
  for (const challenge of call?.challenges ?? []) close(challenge, why);
}

export function close(challenge: Challenge, why: CloseReason): void {
  if (isOpen(challenge)) challenge.closedWhy = why;
}

export function isOpen({ closedWhy, usedBy }: Challenge): boolean {
  return closedWhy === null && usedBy === null;
}
