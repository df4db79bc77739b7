import type { AttemptCharge, AttemptCharged } from '../../../core/contracts/codes.ts';
import { isAlive } from '../../../core/verification/code.ts';
import { isLocked, TAKEN_BACK, withoutNewest, type AccountStanding } from '../../../core/verification/lock.ts';
import { OUT_OF_ATTEMPTS } from '../closed-codes.ts';
import { isCount } from '../count.ts';
import type { Vault } from '../vault.ts';
import { holdAccount, saveStanding, standingOf } from './accounts.ts';
import { accountHash, audit } from './audit.ts';
import { isOverBudget, spend } from './budgets.ts';
import { findCall, holdCall } from './calls.ts';
import { findChallenge, isOpen, latestChallenge, liveChallenge, type ChallengeRow } from './challenges.ts';
import { chargeHash, chargeOf, keepOutcome, outcomeOf, type Charge } from './charges.ts';
import { revokeDevicesOf } from './devices.ts';
import { closeLive } from './close-live.ts';
import { change, type Operation } from './operation.ts';
import { voidTickets } from './tickets.ts';

/** Counts before anything is compared; the attempt is a failure of the account until it proves right. */
export function* chargeAttempt(vault: Vault, charge: AttemptCharge): Operation<AttemptCharged> {
  const { call } = charge.key;
  yield* holdCall(call);
  const slot: Charge<AttemptCharged> = chargeOf(call, chargeHash(vault, 'attempt', charge.key));
  const before = yield* outcomeOf(vault, slot);
  if (before) return (yield* hasUsed(vault, charge, before)) ? { kind: 'granted' } : before;
  if (!(yield* findCall(call, charge.now))) return { kind: 'finished' };
  const answer = yield* decide(vault, charge);
  yield* keepOutcome(vault, slot, answer);
  return answer;
}

/** Whether the code that this key was charged for was then used up by this key. */
function* hasUsed(vault: Vault, { key, account }: AttemptCharge, before: AttemptCharged): Operation<boolean> {
  const row = before.kind === 'charged' ? yield* findChallenge(vault, key.call, before.challenge.id) : undefined;
  return row?.account_hash === accountHash(vault, account) && row.used_by_key === chargeHash(vault, 'consume', key);
}

/**
 * Takes back what the charge of this key has counted; its challenge may be closed by now. The charge itself is
 * forgotten with it, so that whoever takes the turn over is charged again. False where it stays counted: it was not
 * charged, or too many of the account were taken back already.
 */
export function* refundAttempt(vault: Vault, { key, account, now }: AttemptCharge): Operation<boolean> {
  yield* holdCall(key.call);
  const slot: Charge<AttemptCharged> = chargeOf(key.call, chargeHash(vault, 'attempt', key));
  const before = yield* outcomeOf(vault, slot);
  if (before?.kind !== 'charged') return false;
  const budget = { name: 'taken back', value: account, ...TAKEN_BACK };
  if (yield* isOverBudget(vault, budget, now)) return false;
  yield* spend(vault, budget, now);
  yield* change('DELETE FROM charges WHERE call_id = ? AND charge_key = ?', slot.call, slot.hash);
  const row = yield* findChallenge(vault, key.call, before.challenge.id);
  if (row)
    yield* change(
      'UPDATE challenges SET attempts = attempts - 1 WHERE call_id = ? AND challenge_key = ? AND attempts > 0',
      key.call,
      row.challenge_key,
    );
  yield* change('UPDATE calls SET attempts = attempts - 1 WHERE id = ? AND attempts > 0', key.call);
  yield* holdAccount(vault, account);
  const standing = yield* standingOf(vault, account, now);
  if (standing.failures > 0) yield* saveStanding(vault, account, withoutNewest(standing));
  return true;
}

function* decide(vault: Vault, charge: AttemptCharge): Operation<AttemptCharged> {
  const { account, now, key } = charge;
  yield* holdAccount(vault, account);
  const standing = yield* standingOf(vault, account, now);
  if (isLocked(standing, now)) return { kind: 'locked' };
  const row = yield* latestChallenge(vault, key.call, account);
  if (!row) return { kind: 'finished' };
  if (!isOpen(row)) return { kind: row.closed_why === OUT_OF_ATTEMPTS ? 'too-many' : 'finished' };
  if (!isAlive({ issuedAt: row.issued_at, expiresAt: row.expires_at }, now)) {
    yield* closeLive(key.call, now, 'expired');
    return { kind: 'finished' };
  }
  if (!isCount(row.attempts) || !(row.attempts < row.attempts_most)) {
    yield* closeLive(key.call, now, OUT_OF_ATTEMPTS);
    return { kind: 'too-many' };
  }
  return yield* count(vault, charge, { row, standing });
}

function* count(
  vault: Vault,
  { account, now, key }: AttemptCharge,
  { row, standing }: { row: ChallengeRow; standing: AccountStanding },
): Operation<AttemptCharged> {
  const attempt = row.attempts + 1;
  const failures = standing.failures + 1;
  yield* change(
    'UPDATE challenges SET attempts = ? WHERE call_id = ? AND challenge_key = ?',
    attempt,
    row.call_id,
    row.challenge_key,
  );
  yield* change('UPDATE calls SET attempts = attempts + 1 WHERE id = ?', key.call);
  yield* saveStanding(vault, account, { failures, lastFailureAt: now });
  const event = { at: now, accountHash: row.account_hash, method: row.method, masked: row.masked };
  yield* audit(key.call, { ...event, kind: 'attempt' });
  if (isLocked({ failures, lastFailureAt: now }, now)) {
    yield* audit(key.call, { ...event, kind: 'lock' });
    yield* revokeDevicesOf(row.account_hash, { now, why: 'locked' });
    yield* voidTickets(row.account_hash);
  }
  return { kind: 'charged', challenge: liveChallenge(vault, row), attempt, most: row.attempts_most, failures };
}
