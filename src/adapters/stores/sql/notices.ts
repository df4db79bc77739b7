import type { ChargeKey } from '../../../core/contracts/codes.ts';
import type { NoticeCharge, NoticeCharged, NoticeFailure } from '../../../core/contracts/notices.ts';
import type { Vault } from '../vault.ts';
import { accountHash, audit } from './audit.ts';
import { giveBack, overBudget, spend, type Spent } from './budgets.ts';
import { holdCall } from './calls.ts';
import { chargeHash, chargeOf, isFirstRefund, keepOutcome, outcomeOf, type Charge } from './charges.ts';
import type { Operation } from './operation.ts';

interface NoticeOutcome {
  readonly answer: NoticeCharged;
  readonly spent: readonly Spent[];
}

/** A key that was refused is refused again in the same words. */
export function* chargeNotice(vault: Vault, charge: NoticeCharge): Operation<NoticeCharged> {
  yield* holdCall(charge.key.call);
  const slot = noticeSlot(vault, charge.key);
  const before = yield* outcomeOf(vault, slot);
  if (before) return before.answer.kind === 'charged' ? { kind: 'repeated' } : before.answer;
  const outcome = yield* decide(vault, charge);
  yield* keepOutcome(vault, slot, outcome);
  const { answer } = outcome;
  yield* write(vault, charge, answer.kind === 'over-budget' ? `not sent: budget ${answer.budget}` : undefined);
  return answer;
}

export function* noticeFailed(vault: Vault, failure: NoticeFailure): Operation<void> {
  const slot = noticeSlot(vault, failure.key);
  if (!(yield* isFirstRefund(slot, failure.now))) return;
  yield* write(vault, failure, `not sent: ${failure.outcome}`);
  const outcome = failure.accepted ? undefined : yield* outcomeOf(vault, slot);
  for (const spent of outcome?.spent ?? []) yield* giveBack(spent);
}

/** All budgets are looked at before any is charged: a refused notice uses none. */
function* decide(vault: Vault, { budgets, now }: NoticeCharge): Operation<NoticeOutcome> {
  const over = yield* overBudget(vault, budgets, now);
  if (over !== undefined) return { answer: { kind: 'over-budget', budget: over.name }, spent: [] };
  const spent: Spent[] = [];
  for (const budget of budgets) spent.push(yield* spend(vault, budget, now));
  return { answer: { kind: 'charged' }, spent };
}

function* write(
  vault: Vault,
  { key, now, account, method, masked }: NoticeCharge | NoticeFailure,
  detail: string | undefined,
): Operation<void> {
  const event = { kind: 'notice', at: now, accountHash: accountHash(vault, account), method, masked } as const;
  yield* audit(key.call, detail === undefined ? event : { ...event, detail });
}

function noticeSlot(vault: Vault, key: ChargeKey): Charge<NoticeOutcome> {
  return chargeOf(key.call, chargeHash(vault, 'notice', key));
}
