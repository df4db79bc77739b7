import type { LookupCharge } from '../../../core/contracts/codes.ts';
import type { Vault } from '../vault.ts';
import { isOverBudget, spend } from './budgets.ts';
import type { Operation } from './operation.ts';

/** That a caller has asked about an account is a budget of one as well: while it is used up, the account is not a new one. */
export function* chargeLookup(vault: Vault, { account, budgets, now }: LookupCharge): Operation<boolean> {
  const charges = [];
  for (const budget of budgets) {
    const { name, value } = budget;
    const known = { ...budget, name: `${name}, account`, value: JSON.stringify([value, account]), most: 1 };
    if (yield* isOverBudget(vault, known, now)) continue;
    if (yield* isOverBudget(vault, budget, now)) return false;
    charges.push(known, budget);
  }
  for (const charge of charges) yield* spend(vault, charge, now);
  return true;
}
