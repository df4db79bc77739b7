import type { NewSignIn, SignInStore, Visited } from '../../../core/contracts/sign-ins.ts';
import { isWithin } from '../within.ts';
import type { Vault } from '../vault.ts';
import { accountHash, audit } from './audit.ts';
import { change, first, holdRow, type Operation } from './operation.ts';
import { openJson, sealJson, type Place } from './sealed-json.ts';

export type SignInRow = {
  readonly token_hash: string;
  readonly call_id: string;
  readonly account_hash: string;
  readonly content: Uint8Array;
  readonly opened_at: number;
  readonly expires_at: number;
  readonly browser_hash: string | null;
  readonly locale: string | null;
  readonly remember: number;
  readonly passed_at: number | null;
  /** Of a ticket that nobody has redeemed. */
  readonly ticket_hash: string | null;
};

type Content = Pick<NewSignIn, 'account' | 'user' | 'returnTo' | 'fingerprint' | 'browserName'>;

export function* openSignIn(vault: Vault, signIn: NewSignIn): Operation<void> {
  const { call, account, user, returnTo, fingerprint, browserName, now } = signIn;
  const token = signInHash(vault, signIn.token);
  const hash = accountHash(vault, account);
  const content = { account, user, returnTo, fingerprint, browserName };
  yield* change(
    'INSERT INTO sign_ins (token_hash, call_id, account_hash, content, opened_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
    token,
    call,
    hash,
    sealJson(vault, content, contentPlace(token)),
    now,
    signIn.expiresAt,
  );
  yield* audit(call, { kind: 'sign-in', at: now, accountHash: hash, detail: 'opened' });
}

export function* noteExemption(
  vault: Vault,
  { call, account, now }: Parameters<SignInStore['noteExemption']>[0],
): Operation<void> {
  yield* audit(call, { kind: 'sign-in', at: now, accountHash: accountHash(vault, account), detail: 'exempt' });
}

export function* visitSignIn(
  vault: Vault,
  { token, browser, locale, now }: Parameters<SignInStore['visitSignIn']>[0],
): Operation<Visited> {
  const row = yield* holdSignIn(vault, token);
  if (!row) return { kind: 'unknown' };
  const hash = vault.mac('browser', [row.token_hash, browser]);
  if (row.browser_hash !== null && row.browser_hash !== hash) return { kind: 'of-another' };
  if (!isGoingOn(row, now)) return { kind: 'expired' };
  if (row.browser_hash === null)
    yield* change(
      'UPDATE sign_ins SET browser_hash = ?, locale = ? WHERE token_hash = ?',
      hash,
      locale,
      row.token_hash,
    );
  const { call_id: call, expires_at: expiresAt } = row;
  const said = { locale: row.locale ?? locale, remember: row.remember === 1, isPassed: row.passed_at !== null };
  return { kind: 'open', signIn: { ...contentOf(vault, row), ...said, token, call, expiresAt } };
}

export function* wishSignIn(
  vault: Vault,
  { token, remember }: Parameters<SignInStore['wishSignIn']>[0],
): Operation<void> {
  yield* change('UPDATE sign_ins SET remember = ? WHERE token_hash = ?', remember ? 1 : 0, signInHash(vault, token));
}

export function* holdSignIn(vault: Vault, token: string): Operation<SignInRow | undefined> {
  yield* holdRow('sign_ins', 'token_hash', signInHash(vault, token));
  return yield* findSignIn(vault, token);
}

export function* findSignIn(vault: Vault, token: string): Operation<SignInRow | undefined> {
  return yield* first<SignInRow>(
    `SELECT token_hash, call_id, account_hash, content, opened_at, expires_at, browser_hash, locale, remember, passed_at, ticket_hash
     FROM sign_ins WHERE token_hash = ?`,
    signInHash(vault, token),
  );
}

export function isGoingOn({ opened_at, expires_at }: SignInRow, now: number): boolean {
  return isWithin(opened_at, expires_at, now);
}

/** Throws where it was sealed for another sign-in. */
export function contentOf(vault: Vault, row: Pick<SignInRow, 'token_hash' | 'content'>): Content {
  return openJson(vault, row.content, contentPlace(row.token_hash));
}

function signInHash(vault: Vault, token: string): string {
  return vault.mac('sign-in', [token]);
}

function contentPlace(tokenHash: string): Place<Content> {
  return { at: ['sign-in', tokenHash] };
}
