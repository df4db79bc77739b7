import type { AttemptCharge, AttemptCharged } from '../../../core/contracts/codes.ts';
import { isAlive } from '../../../core/verification/code.ts';
import { isLocked, TAKEN_BACK, withoutNewest, type AccountStanding } from '../../../core/verification/lock.ts';
import { OUT_OF_ATTEMPTS } from '../closed-codes.ts';
import { isCount } from '../count.ts';
import { standingOf } from './accounts.ts';
import { isOverBudget, spend } from './budgets.ts';
import { chargeName, findCall } from './calls.ts';
import { findChallenge, latestChallenge, liveChallenge, named } from './challenges.ts';
import { closeLive, isOpen } from './close-live.ts';
import { revokeDevices } from './devices.ts';
import type { Call, Challenge, Memory } from './memory.ts';
import { voidTickets } from './sign-ins.ts';

/** Counts before anything is compared; the attempt is a failure of the account until it proves right. */
export function chargeAttempt(memory: Memory, charge: AttemptCharge): AttemptCharged {
  const kept = memory.calls.get(charge.key.call);
  const name = chargeName(charge.key);
  const before = kept?.charges.attempts.get(name);
  if (kept && before) return hasUsed(kept, charge, before) ? { kind: 'granted' } : before;
  const call = findCall(memory, charge.key.call, charge.now);
  if (!call) return { kind: 'finished' };
  const answer = decide(memory, call, charge);
  call.charges.attempts.set(name, answer);
  return answer;
}

/** Whether the code that this key was charged for was then used up by this key. */
function hasUsed(call: Call, { key, account }: AttemptCharge, before: AttemptCharged): boolean {
  const challenge = before.kind === 'charged' ? findChallenge(call, before.challenge.id) : undefined;
  return challenge?.issued.account === account && challenge.usedBy === chargeName(key);
}

/**
 * Takes back what the charge of this key has counted, and the charge itself. False where it stays counted: it was not
 * charged, or too many of the account were taken back already.
 */
export function refundAttempt(memory: Memory, { key, account, now }: AttemptCharge): boolean {
  const call = memory.calls.get(key.call);
  const name = chargeName(key);
  const before = call?.charges.attempts.get(name);
  if (!call || before?.kind !== 'charged') return false;
  const budget = { name: 'taken back', value: account, ...TAKEN_BACK };
  if (isOverBudget(memory, budget, now)) return false;
  spend(memory, budget, now);
  call.charges.attempts.delete(name);
  const challenge = findChallenge(call, before.challenge.id);
  if (challenge && challenge.attempts > 0) challenge.attempts -= 1;
  if (call.attempts > 0) call.attempts -= 1;
  const standing = standingOf(memory, account, now);
  if (standing.failures > 0) memory.accounts.set(account, withoutNewest(standing));
  return true;
}

function decide(memory: Memory, call: Call, { account, now }: AttemptCharge): AttemptCharged {
  const standing = standingOf(memory, account, now);
  if (isLocked(standing, now)) return { kind: 'locked' };
  const challenge = latestChallenge(call, account);
  if (!challenge) return { kind: 'finished' };
  if (!isOpen(challenge)) return { kind: challenge.closedWhy === OUT_OF_ATTEMPTS ? 'too-many' : 'finished' };
  if (!isAlive(challenge.issued, now)) {
    closeLive(call, 'expired');
    return { kind: 'finished' };
  }
  if (!isCount(challenge.attempts) || !(challenge.attempts < challenge.issued.attempts)) {
    closeLive(call, OUT_OF_ATTEMPTS);
    return { kind: 'too-many' };
  }
  return count(memory, call, { challenge, standing, now });
}

function count(
  memory: Memory,
  call: Call,
  { challenge, standing, now }: { challenge: Challenge; standing: AccountStanding; now: number },
): AttemptCharged {
  challenge.attempts += 1;
  call.attempts += 1;
  const { attempts: most, account } = challenge.issued;
  const failed = { failures: standing.failures + 1, lastFailureAt: now };
  memory.accounts.set(account, failed);
  const event = { at: now, ...named(challenge) };
  memory.audit.push({ ...event, kind: 'attempt' });
  if (isLocked(failed, now)) {
    memory.audit.push({ ...event, kind: 'lock' });
    revokeDevices(memory, { account, now, why: 'locked' });
    voidTickets(memory, account);
  }
  const { failures } = failed;
  return { kind: 'charged', challenge: liveChallenge(challenge), attempt: challenge.attempts, most, failures };
}
