import type { ChargeKey } from '../../../core/contracts/codes.ts';
import { turnParts } from '../turn-rules.ts';
import type { Vault } from '../vault.ts';
import { all, change, first, type Operation } from './operation.ts';
import { openJson, sealJson, type Place } from './sealed-json.ts';

/** The row of one charge key, and the type of the outcome kept there. */
export interface Charge<Outcome> {
  readonly call: string;
  readonly hash: string;
  readonly place: Place<Outcome>;
}

/** One task may charge and then consume under the same key: the purpose keeps the two apart. */
export function chargeHash(vault: Vault, purpose: 'send' | 'attempt' | 'consume' | 'notice', key: ChargeKey): string {
  return vault.mac('charge', [purpose, key.call, key.n, ...turnParts(key.turn, key.entry)]);
}

export function chargeOf<Outcome>(call: string, hash: string): Charge<Outcome> {
  return { call, hash, place: { at: [call, hash, 'charge'] } };
}

/** What this key was answered before. */
export function* outcomeOf<Outcome>(vault: Vault, charge: Charge<Outcome>): Operation<Outcome | undefined> {
  const row = yield* first<{ outcome: Uint8Array }>(
    'SELECT outcome FROM charges WHERE call_id = ? AND charge_key = ?',
    charge.call,
    charge.hash,
  );
  return row && openJson(vault, row.outcome, charge.place);
}

export function* keepOutcome<Outcome>(vault: Vault, charge: Charge<Outcome>, outcome: Outcome): Operation<void> {
  yield* change(
    'INSERT INTO charges (call_id, charge_key, outcome) VALUES (?, ?, ?)',
    charge.call,
    charge.hash,
    sealJson(vault, outcome, charge.place),
  );
}

/** Marks a charge as given back; false where there is none, or it was before. */
export function* isFirstRefund({ call, hash }: Charge<unknown>, now: number): Operation<boolean> {
  const fresh = yield* all(
    `UPDATE charges SET refunded_at = ? WHERE call_id = ? AND charge_key = ? AND refunded_at IS NULL
     RETURNING charge_key`,
    now,
    call,
    hash,
  );
  return fresh.length > 0;
}
