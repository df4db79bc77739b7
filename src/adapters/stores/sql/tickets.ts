import type { Passed, Redeemed, SignInStore } from '../../../core/contracts/sign-ins.ts';
import { isCount } from '../count.ts';
import { isWithin } from '../within.ts';
import type { Vault } from '../vault.ts';
import { accountLocked } from './accounts.ts';
import { audit } from './audit.ts';
import { change, first, holdName, type Operation } from './operation.ts';
import { contentOf, findSignIn, holdSignIn, isGoingOn, type SignInRow } from './sign-ins.ts';

type TicketRow = Omit<
  SignInRow,
  'opened_at' | 'expires_at' | 'browser_hash' | 'locale' | 'remember' | 'ticket_hash'
> & {
  readonly ticket_expires_at: number | null;
  readonly ttl: number | null;
};

export function* passSignIn(vault: Vault, pass: Parameters<SignInStore['passSignIn']>[0]): Operation<Passed> {
  const { now } = pass;
  // The account first: whoever locks it voids its tickets, and holds it meanwhile.
  const found = yield* findSignIn(vault, pass.token);
  if (!found) return false;
  yield* holdName(found.account_hash);
  const row = yield* holdSignIn(vault, pass.token);
  if (!row || (row.passed_at !== null && row.ticket_hash === null) || !isGoingOn(row, now)) return false;
  if (yield* accountLocked(vault, contentOf(vault, row).account, now)) return false;
  if (pass.byCode && !(yield* isGranted(row))) return false;
  yield* change(
    'UPDATE sign_ins SET passed_at = ?, ticket_hash = ?, ticket_expires_at = ?, ttl = ? WHERE token_hash = ?',
    now,
    ticketHash(vault, pass.ticket),
    pass.ticketExpiresAt,
    pass.ttl,
    row.token_hash,
  );
  yield* auditSignIn(row, 'passed', now);
  return row.passed_at === null ? 'first' : 'again';
}

/** Whether a code was right for the very account that signs in: a callflow may have asked for another one. */
function* isGranted({ call_id, account_hash }: SignInRow): Operation<boolean> {
  const grant = yield* first('SELECT 1 FROM grants WHERE call_id = ? AND account_hash = ?', call_id, account_hash);
  return grant !== undefined;
}

/** Whoever comes with it, the ticket is gone afterwards. */
export function* redeemTicket(
  vault: Vault,
  { ticket, now }: Parameters<SignInStore['redeemTicket']>[0],
): Operation<Redeemed | null> {
  const row = yield* first<TicketRow>(
    `UPDATE sign_ins SET ticket_hash = NULL WHERE ticket_hash = ?
     RETURNING token_hash, call_id, account_hash, content, passed_at, ticket_expires_at, ttl`,
    ticketHash(vault, ticket),
  );
  if (!row || !isWithin(row.passed_at, row.ticket_expires_at, now) || !isCount(row.ttl)) return null;
  yield* auditSignIn(row, 'redeemed', now);
  return { user: contentOf(vault, row).user, ttl: row.ttl };
}

/** Those of an account that nobody has redeemed. */
export function* voidTickets(accountHash: string): Operation<void> {
  yield* change(
    'UPDATE sign_ins SET ticket_hash = NULL WHERE account_hash = ? AND ticket_hash IS NOT NULL',
    accountHash,
  );
}

function* auditSignIn(row: Pick<SignInRow, 'call_id' | 'account_hash'>, detail: string, at: number): Operation<void> {
  yield* audit(row.call_id, { kind: 'sign-in', at, accountHash: row.account_hash, detail });
}

function ticketHash(vault: Vault, ticket: string): string {
  return vault.mac('ticket', [ticket]);
}
