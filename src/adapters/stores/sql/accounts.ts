import { isLocked, seenAt, type AccountStanding } from '../../../core/verification/lock.ts';
import { believed, CLEAR } from '../standings.ts';
import type { Vault } from '../vault.ts';
import { accountHash, audit } from './audit.ts';
import { change, first, holdName, type Operation } from './operation.ts';

/** What is found to lie ahead is written back: from now on the account rests like any other. */
export function* standingOf(vault: Vault, account: string, now: number): Operation<AccountStanding> {
  yield* holdName(accountHash(vault, account));
  const row = yield* first<{ failures: number; last_failure_at: number }>(
    'SELECT failures, last_failure_at FROM accounts WHERE account_hash = ?',
    accountHash(vault, account),
  );
  if (!row) return CLEAR;
  const kept = believed({ failures: row.failures, lastFailureAt: row.last_failure_at });
  const standing = seenAt(kept, now);
  if (standing !== kept) yield* saveStanding(vault, account, standing);
  return standing;
}

export function* accountLocked(vault: Vault, account: string, now: number): Operation<boolean> {
  return isLocked(yield* standingOf(vault, account, now), now);
}

export function* saveStanding(vault: Vault, account: string, standing: AccountStanding): Operation<void> {
  yield* change(
    `INSERT INTO accounts (account_hash, failures, last_failure_at) VALUES (?, ?, ?)
     ON CONFLICT (account_hash) DO UPDATE SET failures = excluded.failures, last_failure_at = excluded.last_failure_at`,
    accountHash(vault, account),
    standing.failures,
    standing.lastFailureAt,
  );
}

export function* clearFailures(vault: Vault, account: string): Operation<void> {
  yield* change('DELETE FROM accounts WHERE account_hash = ?', accountHash(vault, account));
}

/** Of no call: whoever opens it is an operator. */
export function* openAccount(vault: Vault, account: string, now: number): Operation<AccountStanding> {
  const standing = yield* standingOf(vault, account, now);
  yield* clearFailures(vault, account);
  yield* audit('', { kind: 'lock', at: now, accountHash: accountHash(vault, account), detail: 'opened' });
  return standing;
}
