import type { ChargeKey, SendCharge, SendCharged } from '../../../core/contracts/codes.ts';
import { isAlive } from '../../../core/verification/code.ts';
import { isCount } from '../count.ts';
import type { Vault } from '../vault.ts';
import { accountLocked } from './accounts.ts';
import { accountHash, audit } from './audit.ts';
import { giveBack, overBudget, spend, type Spent } from './budgets.ts';
import { findCall, holdCall, type CallRow } from './calls.ts';
import { destinationHash, isOpen, latestChallenge } from './challenges.ts';
import { chargeHash, chargeOf, isFirstRefund, keepOutcome, outcomeOf, type Charge } from './charges.ts';
import { change, type Operation } from './operation.ts';

interface SendOutcome {
  readonly answer: SendCharged;
  readonly spent: readonly Spent[];
}

/**
 * A repeated key that was charged answers `repeated`; one that was refused is refused again in the same words. A call
 * that is unknown or has ended has no sends left.
 */
export function* chargeSend(vault: Vault, charge: SendCharge): Operation<SendCharged> {
  const { call } = charge.key;
  yield* holdCall(call);
  const slot = sendSlot(vault, charge.key);
  const before = yield* outcomeOf(vault, slot);
  if (before) return before.answer.kind === 'charged' ? { kind: 'repeated' } : before.answer;
  const row = yield* findCall(call, charge.now);
  if (!row) return { kind: 'too-many' };
  const refused = yield* refusal(vault, charge, row);
  const outcome: SendOutcome = refused ? { answer: refused, spent: [] } : yield* take(vault, charge, row);
  yield* keepOutcome(vault, slot, outcome);
  return outcome.answer;
}

export function* refundSend(vault: Vault, key: ChargeKey, now: number): Operation<void> {
  const slot = sendSlot(vault, key);
  if (!(yield* isFirstRefund(slot, now))) return;
  const outcome = yield* outcomeOf(vault, slot);
  for (const spent of outcome?.spent ?? []) yield* giveBack(spent);
}

function* refusal(vault: Vault, charge: SendCharge, call: CallRow): Operation<SendCharged | null> {
  if (yield* accountLocked(vault, charge.account, charge.now)) return { kind: 'locked' };
  if (yield* isTooSoon(vault, charge)) return { kind: 'too-soon' };
  if (call.phase === 'ended' || !isCount(call.sends) || !(call.sends < charge.most)) return { kind: 'too-many' };
  // All are looked at before any is charged: a refused send uses no budget.
  const over = yield* overBudget(vault, charge.budgets, charge.now);
  return over === undefined ? null : { kind: 'over-budget', budget: over.name };
}

function* isTooSoon(vault: Vault, charge: SendCharge): Operation<boolean> {
  const { now, account, method, destination, spacing } = charge;
  const row = yield* latestChallenge(vault, charge.key.call, account);
  return (
    row !== undefined &&
    isOpen(row) &&
    isAlive({ issuedAt: row.issued_at, expiresAt: row.expires_at }, now) &&
    row.attempts === 0 &&
    // What is known not to arrive is not on its way.
    row.failed_at === null &&
    row.method === method &&
    row.destination_hash === destinationHash(vault, destination) &&
    now - row.issued_at < spacing
  );
}

function* take(vault: Vault, charge: SendCharge, call: CallRow): Operation<SendOutcome> {
  const { now, method, masked } = charge;
  const sends = call.sends + 1;
  yield* change('UPDATE calls SET sends = ? WHERE id = ?', sends, call.id);
  const spent: Spent[] = [];
  for (const budget of charge.budgets) spent.push(yield* spend(vault, budget, now));
  yield* audit(call.id, { kind: 'send', at: now, accountHash: accountHash(vault, charge.account), method, masked });
  return { answer: { kind: 'charged', sends }, spent };
}

function sendSlot(vault: Vault, key: ChargeKey): Charge<SendOutcome> {
  return chargeOf(key.call, chargeHash(vault, 'send', key));
}
