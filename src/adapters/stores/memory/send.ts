import type { ChargeKey, SendCharge, SendCharged } from '../../../core/contracts/codes.ts';
import { isAlive } from '../../../core/verification/code.ts';
import { isCount } from '../count.ts';
import { accountLocked } from './accounts.ts';
import { giveBack, isOverBudget, spend } from './budgets.ts';
import { chargeName, findCall } from './calls.ts';
import { latestChallenge } from './challenges.ts';
import { isOpen } from './close-live.ts';
import type { Call, Memory } from './memory.ts';

/**
 * A repeated key that was charged answers `repeated`; one that was refused is refused again in the same words. A call
 * that is unknown or has ended has no sends left.
 */
export function chargeSend(memory: Memory, charge: SendCharge): SendCharged {
  const name = chargeName(charge.key);
  const before = memory.calls.get(charge.key.call)?.charges.sends.get(name);
  if (before) return before.answer.kind === 'charged' ? { kind: 'repeated' } : before.answer;
  const call = findCall(memory, charge.key.call, charge.now);
  if (!call) return { kind: 'too-many' };
  const answer = refusal(memory, call, charge) ?? take(memory, call, charge);
  const spent = answer.kind === 'charged' ? charge.budgets.map((budget) => spend(memory, budget, charge.now)) : [];
  call.charges.sends.set(name, { answer, spent, isRefunded: false });
  return answer;
}

export function refundSend(memory: Memory, key: ChargeKey): void {
  const spending = memory.calls.get(key.call)?.charges.sends.get(chargeName(key));
  if (spending) giveBack(memory, spending);
}

function refusal(memory: Memory, call: Call, charge: SendCharge): SendCharged | null {
  if (accountLocked(memory, charge.account, charge.now)) return { kind: 'locked' };
  if (isTooSoon(call, charge)) return { kind: 'too-soon' };
  if (call.phase === 'ended' || !isCount(call.sends) || !(call.sends < charge.most)) return { kind: 'too-many' };
  // All are looked at before any is charged: a refused send uses no budget.
  const over = charge.budgets.find((budget) => isOverBudget(memory, budget, charge.now));
  return over ? { kind: 'over-budget', budget: over.name } : null;
}

function isTooSoon(call: Call, { now, account, method, destination, spacing }: SendCharge): boolean {
  const challenge = latestChallenge(call, account);
  if (!challenge) return false;
  const { issued, attempts, isReported } = challenge;
  return (
    isOpen(challenge) &&
    isAlive(issued, now) &&
    attempts === 0 &&
    // What is known not to arrive is not on its way.
    !isReported &&
    issued.method === method &&
    issued.destination === destination &&
    now - issued.issuedAt < spacing
  );
}

function take(memory: Memory, call: Call, { now, account, method, masked }: SendCharge): SendCharged {
  call.sends += 1;
  memory.audit.push({ call: call.id, kind: 'send', at: now, account, method, masked });
  return { kind: 'charged', sends: call.sends };
}
