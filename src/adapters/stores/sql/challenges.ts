import type { CloseReason, LiveChallenge, NewChallenge } from '../../../core/contracts/codes.ts';
import type { Method } from '../../../core/method.ts';
import type { Vault } from '../vault.ts';
import { accountHash } from './audit.ts';
import { holdCall, isGoingOn } from './calls.ts';
import { closeLive } from './close-live.ts';
import { openCodeCall } from './code-call-rows.ts';
import { change, first, type Operation } from './operation.ts';
import { openJson, sealJson, type Place } from './sealed-json.ts';

export type ChallengeRow = {
  readonly call_id: string;
  readonly challenge_key: string;
  readonly account_hash: string;
  readonly method: Method;
  readonly destination_hash: string;
  readonly masked: string;
  readonly code: Uint8Array;
  readonly issued_at: number;
  readonly expires_at: number;
  readonly attempts: number;
  readonly attempts_most: number;
  readonly used_at: number | null;
  readonly used_by_key: string | null;
  readonly closed_at: number | null;
  readonly closed_why: string | null;
  /** When a delivery report said that it did not arrive. */
  readonly failed_at: number | null;
};

const COLUMNS = `call_id, challenge_key, account_hash, method, destination_hash, masked, code, issued_at, expires_at,
  attempts, attempts_most, used_at, used_by_key, closed_at, closed_why, failed_at`;

/** Opened again under the same id it changes nothing. In a call that has ended it is closed from the start. */
export function* openChallenge(vault: Vault, challenge: NewChallenge): Operation<void> {
  const { call, issuedAt } = challenge;
  yield* holdCall(call);
  if (yield* findChallenge(vault, call, challenge.id)) return;
  yield* closeLive(call, issuedAt, 'newer');
  const earlier = yield* first<{ n: number }>('SELECT COUNT(*) AS n FROM challenges WHERE call_id = ?', call);
  const key = challengeHash(vault, call, challenge.id);
  yield* change(
    `INSERT INTO challenges (call_id, challenge_key, ordinal, account_hash, method, destination_hash, masked,
       report_hash, code, issued_at, expires_at, attempts_most)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    call,
    key,
    (earlier?.n ?? 0) + 1,
    accountHash(vault, challenge.account),
    challenge.method,
    destinationHash(vault, challenge.destination),
    challenge.masked,
    vault.mac('report', [challenge.report]),
    sealJson(vault, { id: challenge.id, mac: challenge.mac }, codePlace(call, key)),
    issuedAt,
    challenge.expiresAt,
    challenge.attempts,
  );
  if (challenge.tells) yield* openCodeCall(vault, challenge, challenge.tells);
  if (!(yield* isGoingOn(call))) yield* closeLive(call, issuedAt, 'hang-up');
}

/** Another code in the place of the earlier one: the attempts used and the lifetime stay what they are. */
export function* replaceCode(
  vault: Vault,
  { call_id: call, challenge_key: key }: ChallengeRow,
  code: { readonly id: string; readonly mac: string },
): Operation<void> {
  yield* change(
    'UPDATE challenges SET code = ? WHERE call_id = ? AND challenge_key = ?',
    sealJson(vault, code, codePlace(call, key)),
    call,
    key,
  );
}

/** Changes nothing where the code was used or closed before. */
export function* closeChallenge(
  vault: Vault,
  challenge: { readonly call: string; readonly id: string; readonly now: number; readonly why: CloseReason },
): Operation<void> {
  const { call, id, now, why } = challenge;
  yield* change(
    `UPDATE challenges SET closed_at = ?, closed_why = ?
     WHERE call_id = ? AND challenge_key = ? AND closed_at IS NULL AND used_at IS NULL`,
    now,
    why,
    call,
    challengeHash(vault, call, id),
  );
}

export function* findChallenge(vault: Vault, call: string, id: string): Operation<ChallengeRow | undefined> {
  return yield* first<ChallengeRow>(
    `SELECT ${COLUMNS} FROM challenges WHERE call_id = ? AND challenge_key = ?`,
    call,
    challengeHash(vault, call, id),
  );
}

/** The code opened last for this account in this call, live or not. */
export function* latestChallenge(vault: Vault, call: string, account: string): Operation<ChallengeRow | undefined> {
  return yield* first<ChallengeRow>(
    `SELECT ${COLUMNS} FROM challenges WHERE call_id = ? AND account_hash = ? ORDER BY ordinal DESC LIMIT 1`,
    call,
    accountHash(vault, account),
  );
}

export function isOpen(row: ChallengeRow): boolean {
  return row.closed_at === null && row.used_at === null;
}

export function liveChallenge(vault: Vault, row: ChallengeRow): LiveChallenge {
  const code = openJson(vault, row.code, codePlace(row.call_id, row.challenge_key));
  return { ...code, method: row.method, issuedAt: row.issued_at, expiresAt: row.expires_at };
}

export function destinationHash(vault: Vault, destination: string): string {
  return vault.mac('destination', [destination]);
}

function challengeHash(vault: Vault, call: string, id: string): string {
  return vault.mac('challenge', [call, id]);
}

function codePlace(call: string, challengeKey: string): Place<{ readonly id: string; readonly mac: string }> {
  return { at: [call, challengeKey, 'code'] };
}
