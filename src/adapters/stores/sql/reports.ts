import type { CloseReason } from '../../../core/contracts/codes.ts';
import type { ReportStore } from '../../../core/contracts/reports.ts';
import { isAlive } from '../../../core/verification/code.ts';
import { isLearnedOf } from '../closed-codes.ts';
import type { Vault } from '../vault.ts';
import { accountHash, audit } from './audit.ts';
import type { ChallengeRow } from './challenges.ts';
import { change, first, type Operation } from './operation.ts';

type Reported = Pick<ChallengeRow, 'call_id' | 'account_hash' | 'method' | 'masked'>;

/** Marks the live code of a send, once. */
export function* reportFailed(
  vault: Vault,
  { method, token, now }: Parameters<ReportStore['reportFailed']>[0],
): Operation<string | null> {
  const row = yield* first<Reported>(
    `UPDATE challenges SET failed_at = ?
     WHERE report_hash = ? AND method = ? AND failed_at IS NULL AND closed_at IS NULL AND used_at IS NULL
       AND issued_at <= ? AND expires_at >= ?
     RETURNING call_id, account_hash, method, masked`,
    now,
    vault.mac('report', [token]),
    method,
    now,
    now,
  );
  if (!row) return null;
  const { call_id: call, masked } = row;
  yield* audit(call, { kind: 'report', at: now, accountHash: row.account_hash, method, masked, detail: 'failed' });
  return call;
}

export function* closeUndelivered(call: string, now: number): Operation<void> {
  const why: CloseReason = 'undelivered';
  yield* change(
    `UPDATE challenges SET closed_at = ?, closed_why = ?
     WHERE call_id = ? AND failed_at IS NOT NULL AND closed_at IS NULL AND used_at IS NULL`,
    now,
    why,
    call,
  );
}

type NewestCode = Pick<
  ChallengeRow,
  'account_hash' | 'issued_at' | 'expires_at' | 'failed_at' | 'used_at' | 'closed_at' | 'closed_why'
>;

/** Whose code the newest of a call is, by the keyed hash of the account, where it lives and was reported as failed. */
export function* undeliveredIn(vault: Vault, call: string, now: number): Operation<(account: string) => boolean> {
  const row = yield* first<NewestCode>(
    `SELECT account_hash, issued_at, expires_at, failed_at, used_at, closed_at, closed_why
     FROM challenges WHERE call_id = ? ORDER BY ordinal DESC LIMIT 1`,
    call,
  );
  if (!row || row.failed_at === null || row.used_at !== null) return () => false;
  const open = row.closed_at === null && isAlive({ issuedAt: row.issued_at, expiresAt: row.expires_at }, now);
  if (!open && !isLearnedOf(row.closed_why)) return () => false;
  return (account) => row.account_hash === accountHash(vault, account);
}
