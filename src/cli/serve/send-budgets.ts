import type { Budget } from '../../core/contracts/codes.ts';
import type { Parts } from '../../app/parts.ts';
import type { Environment } from '../environment.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Without NODE_ENV=production a budget that is not set is so many times its default, so that demos and tests are not stopped. */
const GENEROUS = 1_000;

/** The budgets that every send is charged to: per destination, its prefix, per account, and all together. */
export function sendBudgets(environment: Environment, production: boolean): Parts['budgets'] {
  const by = (most: number): number => (production ? most : most * GENEROUS);
  const perDestination = environment.SENDS_PER_DESTINATION ?? [
    { most: by(5), within: 10 * MINUTE },
    { most: by(10), within: 24 * HOUR },
  ];
  const perAccount = environment.SENDS_PER_ACCOUNT ?? [{ most: by(10), within: 24 * HOUR }];
  const perPrefix = environment.SENDS_PER_PREFIX ?? [{ most: by(20), within: HOUR }];
  const perHour = environment.SENDS_PER_HOUR ?? by(1000);
  const named =
    (name: string, value: string) =>
    (limit: { readonly most: number; readonly within: number }): Budget => ({ name, value, ...limit });
  return ({ account, destination }) => [
    // Of external codes the destination may be unknown: nobody else's is counted then.
    ...(destination === '' ? [] : perDestination.map(named('destination', destination))),
    ...prefixesOf(destination).flatMap((prefix) => perPrefix.map(named('prefix', prefix))),
    ...perAccount.map(named('account', account)),
    { name: 'hour', value: '', most: perHour, within: HOUR },
  ];
}

/** The budgets of a caller who asks about accounts. */
export function lookupBudgets(environment: Environment, production: boolean): Parts['lookups'] {
  const limits = environment.LOOKUPS_PER_CALLER ?? [{ most: production ? 10 : 10 * GENEROUS, within: HOUR }];
  return (caller) => limits.map((limit) => ({ name: 'lookups', value: caller, ...limit }));
}

/** Numbers that are rented for pumping lie next to each other: what they have in common but for four digits. */
function prefixesOf(destination: string): readonly string[] {
  return /^\+\d{8,}$/.test(destination) ? [destination.slice(0, -4)] : [];
}
