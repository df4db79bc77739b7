import type { Consume, Consumed } from '../../../core/contracts/codes.ts';
import { isAlive } from '../../../core/verification/code.ts';
import { isLocked } from '../../../core/verification/lock.ts';
import { standingOf } from './accounts.ts';
import { acceptsStep } from './authenticators.ts';
import { chargeName, findCall } from './calls.ts';
import { findChallenge, named } from './challenges.ts';
import { isOpen } from './close-live.ts';
import type { Call, Challenge, Memory } from './memory.ts';

/** The only place that writes a grant. */
export function consumeChallenge(memory: Memory, consume: Consume): Consumed {
  const { key, account, now, proof } = consume;
  const usedBy = chargeName(key);
  const call = memory.calls.get(key.call);
  const challenge = call && findChallenge(call, consume.challenge);
  if (!call || challenge?.issued.account !== account) return { kind: 'refused' };
  if (challenge.usedBy === usedBy) return { kind: 'granted' };
  if (!mayBeUsed(memory, consume, { call, challenge })) return { kind: 'refused' };
  if (proof !== undefined && !acceptsStep(memory, account, proof)) return { kind: 'replayed' };
  challenge.usedBy = usedBy;
  if (!call.grants.includes(account)) call.grants = [...call.grants, account];
  memory.accounts.delete(account);
  memory.audit.push({ ...named(challenge), kind: 'grant', at: now });
  return { kind: 'granted' };
}

function mayBeUsed(
  memory: Memory,
  { account, now, deadline, failures }: Consume,
  { call, challenge }: { call: Call; challenge: Challenge },
): boolean {
  if (!isOpen(challenge) || !isAlive(challenge.issued, now)) return false;
  if (!(now <= deadline)) return false;
  if (findCall(memory, call.id, now)?.phase === 'ended') return false;
  const standing = standingOf(memory, account, now);
  // The charge of a right tenth attempt locks the account by itself: that lock is not held against it.
  return !isLocked(standing, now) || standing.failures === failures;
}
