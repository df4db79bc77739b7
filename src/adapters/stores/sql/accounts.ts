import { isLocked, seenAt, type AccountStanding } from '../../../core/verification/lock.ts';
import { believed, CLEAR } from '../standings.ts';
import type { Vault } from '../vault.ts';
import { accountHash, audit } from './audit.ts';
import { change, first, holdName, type Operation } from './operation.ts';

/** Nobody else counts for or against the account before the end of the transaction. */
export function holdAccount(vault: Vault, account: string): Operation<void> {
  return holdName(accountHash(vault, account));
}

/** What is found to lie ahead is written back: from now on the account rests like any other. */
export function* standingOf(vault: Vault, account: string, now: number): Operation<AccountStanding> {
  const kept = yield* keptStanding(vault, account);
  if (seenAt(kept, now) === kept) return kept;
  yield* holdAccount(vault, account);
  const standing = seenAt(yield* keptStanding(vault, account), now);
  yield* saveStanding(vault, account, standing);
  return standing;
}

function* keptStanding(vault: Vault, account: string): Operation<AccountStanding> {
  const row = yield* first<{ failures: number; last_failure_at: number }>(
    'SELECT failures, last_failure_at FROM accounts WHERE account_hash = ?',
    accountHash(vault, account),
  );
  return row ? believed({ failures: row.failures, lastFailureAt: row.last_failure_at }) : CLEAR;
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
  yield* holdAccount(vault, account);
  const standing = yield* standingOf(vault, account, now);
  yield* clearFailures(vault, account);
  yield* audit('', { kind: 'lock', at: now, accountHash: accountHash(vault, account), detail: 'opened' });
  return standing;
}
