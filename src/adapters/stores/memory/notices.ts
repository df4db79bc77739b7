import type { NoticeCharge, NoticeCharged, NoticeFailure } from '../../../core/contracts/notices.ts';
import { giveBack, isOverBudget, spend } from './budgets.ts';
import { chargeName, mustFindCall } from './calls.ts';
import type { Memory } from './memory.ts';

/** A key that was refused is refused again in the same words. */
export function chargeNotice(memory: Memory, charge: NoticeCharge): NoticeCharged {
  const { budgets, now } = charge;
  const { notices } = mustFindCall(memory, charge.key.call).charges;
  const name = chargeName(charge.key);
  const before = notices.get(name);
  if (before) return before.answer.kind === 'charged' ? { kind: 'repeated' } : before.answer;
  // All are looked at before any is charged: a refused notice uses no budget.
  const over = budgets.find((budget) => isOverBudget(memory, budget, now));
  const answer: NoticeCharged = over ? { kind: 'over-budget', budget: over.name } : { kind: 'charged' };
  const spent = over ? [] : budgets.map((budget) => spend(memory, budget, now));
  notices.set(name, { answer, spent, isRefunded: false });
  write(memory, charge, over && `not sent: budget ${over.name}`);
  return answer;
}

export function noticeFailed(memory: Memory, failure: NoticeFailure): void {
  const notice = memory.calls.get(failure.key.call)?.charges.notices.get(chargeName(failure.key));
  if (!notice || notice.isRefunded) return;
  write(memory, failure, `not sent: ${failure.outcome}`);
  if (failure.accepted) notice.isRefunded = true;
  else giveBack(memory, notice);
}

function write(memory: Memory, notice: NoticeCharge | NoticeFailure, detail: string | undefined): void {
  const { key, now, account, method, masked } = notice;
  const event = { call: key.call, kind: 'notice', at: now, account, method, masked } as const;
  memory.audit.push(detail === undefined ? event : { ...event, detail });
}
