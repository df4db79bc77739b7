import type { AuditEvent } from '../../../core/contracts/audit.ts';
import type { Vault } from '../vault.ts';
import { change, type Operation } from './operation.ts';

/** The keyed hash under which an account is known in every table. */
export function accountHash(vault: Vault, account: string): string {
  return vault.mac('account', [account]);
}

/** An event of the audit trail with the account hashed already. */
export type AuditEntry = Omit<AuditEvent, 'account'> & { readonly accountHash?: string };

export function* audit(call: string, entry: AuditEntry): Operation<void> {
  yield* change(
    'INSERT INTO audit (call_id, happened_at, kind, account_hash, method, masked, detail) VALUES (?, ?, ?, ?, ?, ?, ?)',
    call,
    entry.at,
    entry.kind,
    entry.accountHash ?? null,
    entry.method ?? null,
    entry.masked ?? null,
    entry.detail ?? null,
  );
}

export function* auditEvents(vault: Vault, call: string, events: readonly AuditEvent[]): Operation<void> {
  for (const { account, ...event } of events) {
    yield* audit(call, account === undefined ? event : { ...event, accountHash: accountHash(vault, account) });
  }
}
