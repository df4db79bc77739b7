import type { Consume, Consumed } from '../../../core/contracts/codes.ts';
import { isAlive } from '../../../core/verification/code.ts';
import { isLocked } from '../../../core/verification/lock.ts';
import type { Vault } from '../vault.ts';
import { clearFailures, holdAccount, standingOf } from './accounts.ts';
import { accountHash, audit } from './audit.ts';
import { acceptStep } from './authenticators.ts';
import { findCall, holdCall } from './calls.ts';
import { findChallenge, isOpen, type ChallengeRow } from './challenges.ts';
import { chargeHash } from './charges.ts';
import { change, type Operation } from './operation.ts';

/** The only place that writes a grant. */
export function* consumeChallenge(vault: Vault, consume: Consume): Operation<Consumed> {
  const { account, now, proof } = consume;
  const { call } = consume.key;
  const usedBy = chargeHash(vault, 'consume', consume.key);
  yield* holdCall(call);
  const row = yield* findChallenge(vault, call, consume.challenge);
  if (!row || row.account_hash !== accountHash(vault, account)) return { kind: 'refused' };
  if (row.used_by_key === usedBy) return { kind: 'granted' };
  if (!(yield* mayBeUsed(vault, consume, row))) return { kind: 'refused' };
  if (proof !== undefined && !(yield* acceptStep(row.account_hash, proof))) return { kind: 'replayed' };
  yield* change(
    'UPDATE challenges SET used_at = ?, used_by_key = ? WHERE call_id = ? AND challenge_key = ?',
    now,
    usedBy,
    call,
    row.challenge_key,
  );
  yield* change(
    'INSERT INTO grants (call_id, account_hash, granted_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    call,
    row.account_hash,
    now,
  );
  yield* clearFailures(vault, account);
  const { method, masked } = row;
  yield* audit(call, { kind: 'grant', at: now, accountHash: row.account_hash, method, masked });
  return { kind: 'granted' };
}

function* mayBeUsed(vault: Vault, consume: Consume, row: ChallengeRow): Operation<boolean> {
  const { account, now, deadline, failures } = consume;
  if (!isOpen(row) || !isAlive({ issuedAt: row.issued_at, expiresAt: row.expires_at }, now)) return false;
  if (!(now <= deadline)) return false;
  const call = yield* findCall(row.call_id, now);
  if (!call || call.phase === 'ended') return false;
  yield* holdAccount(vault, account);
  const standing = yield* standingOf(vault, account, now);
  // The charge of a right tenth attempt locks the account by itself: that lock is not held against it.
  return !isLocked(standing, now) || standing.failures === failures;
}
