import type { Budget, LookupCharge } from '../../../core/contracts/codes.ts';
import { askedAbout, budgetParts, windowOf, type Window } from '../budget-window.ts';
import { isCount } from '../count.ts';
import type { Bucket, Memory, Spending, Spent } from './memory.ts';

export function isOverBudget(memory: Memory, budget: Budget, now: number): boolean {
  const window = windowOf(budget, now);
  const buckets = bucketsOf(memory, nameOf(budget));
  let used = 0;
  let newest = window.bucket;
  for (const [bucket, kept] of buckets) {
    if (bucket < window.oldest) continue;
    if (!isCount(kept.used)) return true;
    used += kept.used;
    newest = Math.max(newest, bucket);
  }
  if (!isCount(used)) return true;
  if (newest > window.bucket) bringBack(buckets, window);
  return !(used < budget.most);
}

export function spend(memory: Memory, budget: Budget, now: number): Spent {
  const name = nameOf(budget);
  const window = windowOf(budget, now);
  count(bucketsOf(memory, name), window, 1);
  return { name, bucket: window.bucket };
}

/** Once. */
export function giveBack(memory: Memory, spending: Spending<unknown>): void {
  if (spending.isRefunded) return;
  spending.isRefunded = true;
  for (const { name, bucket } of spending.spent) {
    const kept = memory.budgets.get(name)?.get(bucket);
    if (kept && kept.used > 0) kept.used -= 1;
  }
}

export function chargeLookup(memory: Memory, { account, budgets, now }: LookupCharge): boolean {
  const charges: Budget[] = [];
  for (const budget of budgets) {
    const known = askedAbout(account, budget);
    if (isOverBudget(memory, known, now)) continue;
    if (isOverBudget(memory, budget, now)) return false;
    charges.push(known, budget);
  }
  for (const charge of charges) spend(memory, charge, now);
  return true;
}

function count(buckets: Map<number, Bucket>, { bucket, pastAt }: Window, used: number): void {
  const kept = buckets.get(bucket);
  if (kept) kept.used += used;
  else buckets.set(bucket, { used, pastAt });
}

/**
 * What lies ahead was counted before the clock was set back. It happened now at the latest, so it counts from now on for
 * one window: never more than `most` in any, and nobody is refused for as long as the clock was ahead.
 */
function bringBack(buckets: Map<number, Bucket>, window: Window): void {
  let ahead = 0;
  for (const [bucket, { used }] of buckets) {
    if (bucket <= window.bucket) continue;
    ahead += used;
    buckets.delete(bucket);
  }
  count(buckets, window, ahead);
}

function bucketsOf(memory: Memory, name: string): Map<number, Bucket> {
  const known = memory.budgets.get(name);
  if (known) return known;
  const made = new Map<number, Bucket>();
  memory.budgets.set(name, made);
  return made;
}

function nameOf(budget: Budget): string {
  return budgetParts(budget).join('\0');
}
