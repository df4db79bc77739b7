import type { Authenticator, AuthenticatorProof, AuthenticatorStore } from '../../../core/contracts/authenticators.ts';
import { isCount } from '../count.ts';
import type { Vault } from '../vault.ts';
import { accountHash, audit } from './audit.ts';
import { revokeDevicesOf } from './devices.ts';
import { all, change, first, type Operation } from './operation.ts';

type AuthenticatorRow = {
  readonly id: string;
  readonly secret: Uint8Array | null;
  readonly enrolled_at: number;
  readonly confirmed_at: number | null;
  readonly revoked_at: number | null;
  readonly last_step: number;
};

type OwnerRow = { readonly account_hash: string };

export function* addAuthenticator(
  vault: Vault,
  { id, account, secret, now }: Parameters<AuthenticatorStore['addAuthenticator']>[0],
): Operation<void> {
  const hash = accountHash(vault, account);
  yield* change(
    'INSERT INTO authenticators (id, account_hash, secret, enrolled_at) VALUES (?, ?, ?, ?)',
    id,
    hash,
    vault.seal(secret, secretPlace(hash, id)),
    now,
  );
  yield* auditEnrolment(`enrolled ${id}`, hash, now);
}

export function* authenticatorsOf(vault: Vault, account: string): Operation<readonly Authenticator[]> {
  const hash = accountHash(vault, account);
  const rows = yield* all<AuthenticatorRow>(
    `SELECT id, secret, enrolled_at, confirmed_at, revoked_at, last_step
     FROM authenticators WHERE account_hash = ? ORDER BY enrolled_at, id`,
    hash,
  );
  return rows.map((row) => ({
    id: row.id,
    secret: row.secret && vault.open(row.secret, secretPlace(hash, row.id)),
    enrolledAt: row.enrolled_at,
    confirmedAt: row.confirmed_at,
    revokedAt: row.revoked_at,
    // A step that cannot be believed: none is later.
    lastStep: isCount(row.last_step) ? row.last_step : Number.MAX_SAFE_INTEGER,
  }));
}

export function* confirmAuthenticator({
  id,
  step,
  now,
}: Parameters<AuthenticatorStore['confirmAuthenticator']>[0]): Operation<boolean> {
  const row = yield* first<OwnerRow>(
    `UPDATE authenticators SET confirmed_at = ?, last_step = ?
     WHERE id = ? AND confirmed_at IS NULL AND revoked_at IS NULL RETURNING account_hash`,
    now,
    step,
    id,
  );
  if (row) yield* factorChanged(`confirmed ${id}`, row.account_hash, now);
  return row !== undefined;
}

export function* revokeAuthenticator(id: string, now: number): Operation<boolean> {
  const row = yield* first<OwnerRow>(
    'UPDATE authenticators SET revoked_at = ?, secret = NULL WHERE id = ? AND revoked_at IS NULL RETURNING account_hash',
    now,
    id,
  );
  if (row) yield* factorChanged(`revoked ${id}`, row.account_hash, now);
  return row !== undefined;
}

/** Uses a step up, in one statement: false where it, or a later one, was accepted before, or the authenticator is gone. */
export function* acceptStep(hash: string, { authenticator, step }: AuthenticatorProof): Operation<boolean> {
  const rows = yield* all(
    `UPDATE authenticators SET last_step = ?
     WHERE id = ? AND account_hash = ? AND confirmed_at IS NOT NULL AND revoked_at IS NULL
       AND last_step >= 0 AND last_step < ? RETURNING id`,
    step,
    authenticator,
    hash,
    step,
  );
  return rows.length > 0;
}

/** Whoever was remembered has proved who they are by other means than the account has now. */
function* factorChanged(detail: string, hash: string, at: number): Operation<void> {
  yield* auditEnrolment(detail, hash, at);
  yield* revokeDevicesOf(hash, { now: at, why: 'factor-changed' });
}

/** Of no call: whoever enrols is an operator. */
function* auditEnrolment(detail: string, hash: string, at: number): Operation<void> {
  yield* audit('', { kind: 'enrolment', at, accountHash: hash, method: 'authenticator', detail });
}

function secretPlace(hash: string, id: string): readonly string[] {
  return ['authenticator', hash, id];
}
