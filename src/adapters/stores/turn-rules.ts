import type { TurnClaim } from '../../core/contracts/turns.ts';
import type { Incoming } from '../../core/call/input.ts';
import type { CallState, TurnKey } from '../../core/call/session.ts';

export type StartKey = Extract<TurnKey, { kind: 'start' }>;

/** What tells one webhook of a call from another; a start belongs to its entry. */
export function turnParts(key: TurnKey, entry: number): readonly string[] {
  if (key.kind === 'turn') return ['turn', key.nonce];
  if (key.kind === 'start') return ['start', String(entry), key.callflow, key.query];
  return ['fallback', key.url];
}

/**
 * Whether the process that claimed a turn may still be at it. A lease that ends later than any could is one of before the
 * clock was set back; twice as long, so that a clock which is only corrected takes nobody's claim away.
 */
export function isHeld(leaseUntil: number, { now, lease }: Pick<TurnClaim, 'now' | 'lease'>): boolean {
  return leaseUntil > now && leaseUntil <= now + 2 * lease;
}

/** Whether the call stands at the question that this start was answered with. */
export function isIssuedBy({ issuedBy }: CallState, start: StartKey): boolean {
  const { key } = issuedBy;
  return key.kind === 'start' && key.callflow === start.callflow && key.query === start.query;
}

/** Whether it answers a question: only keys, words and the no-input mark do. */
export function isAnswer(input: Incoming): boolean {
  return ['keys', 'speech', 'silence'].includes(input.type);
}

/** So long after a start a platform still repeats it; one that names its requests says by itself what a repeat is. */
const REPEATED_FOR = 60_000;

/** Seen in the future, it is long since that a clock was set back. */
export function mayBeRepeated(lastSeenAt: number, now: number): boolean {
  return Math.abs(now - lastSeenAt) < REPEATED_FOR;
}

/** Whether two starts are one request; null where one of the two has no name by which it could be told. */
export function isRepeat(one: Incoming, other: Incoming): boolean | null {
  if (one.type !== 'start' || other.type !== 'start') return null;
  return one.token === undefined || other.token === undefined ? null : one.token === other.token;
}
