import type { LookupCharge } from '../../../core/contracts/codes.ts';
import { askedAbout } from '../budget-window.ts';
import type { Vault } from '../vault.ts';
import { isOverBudget, spend } from './budgets.ts';
import type { Operation } from './operation.ts';

export function* chargeLookup(vault: Vault, { account, budgets, now }: LookupCharge): Operation<boolean> {
  const charges = [];
  for (const budget of budgets) {
    const known = askedAbout(account, budget);
    if (yield* isOverBudget(vault, known, now)) continue;
    if (yield* isOverBudget(vault, budget, now)) return false;
    charges.push(known, budget);
  }
  for (const charge of charges) yield* spend(vault, charge, now);
  return true;
}
