import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Budget } from '../../core/contracts/codes.ts';
import { NOTICES } from '../../core/verification/lock.ts';
import type { Parts } from '../../app/parts.ts';
import { SETTINGS, type Environment } from '../environment.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Without NODE_ENV=production a budget that is not set is so many times its default, so that demos and tests are not stopped. */
const GENEROUS = 1_000;

interface Limit {
  readonly most: number;
  readonly within: number;
}

/** What counts where a budget is not set (security.md 1). */
const USUAL = {
  SENDS_PER_HOUR: [{ most: 1_000, within: HOUR }],
  SENDS_PER_DESTINATION: [
    { most: 5, within: 10 * MINUTE },
    { most: 10, within: 24 * HOUR },
  ],
  SENDS_PER_PREFIX: [{ most: 20, within: HOUR }],
  SENDS_PER_ACCOUNT: [{ most: 10, within: 24 * HOUR }],
  LOOKUPS_PER_CALLER: [{ most: 10, within: HOUR }],
} as const satisfies Readonly<Record<string, readonly Limit[]>>;

type BudgetName = keyof typeof USUAL;

/** The budgets that every send is charged to: per destination, its prefix and country, per account, and all together. */
export function sendBudgets(environment: Environment, production: boolean): Parts['budgets'] {
  const charged = chargedIn(environment, production);
  return ({ account, destination }) => [
    // Of external codes the destination may be unknown: nobody else's is counted then.
    ...(destination === '' ? [] : charged('SENDS_PER_DESTINATION', 'destination', destination)),
    ...prefixesOf(destination).flatMap((prefix) => charged('SENDS_PER_PREFIX', 'prefix', prefix)),
    ...countryBudgets(environment, destination),
    ...charged('SENDS_PER_ACCOUNT', 'account', account),
    ...charged('SENDS_PER_HOUR', 'hour', ''),
  ];
}

/**
 * The budgets that a notice of a lock is charged to: what all sends together may cost, and ones of its own for each
 * destination and its prefix. Those that codes have of these and of the account are left out: whoever guesses codes can
 * use them up.
 */
export function noticeBudgets(environment: Environment, production: boolean): Parts['noticeBudgets'] {
  const charged = chargedIn(environment, production);
  return (destination) => [
    { name: 'notices', value: destination, ...NOTICES },
    // Counted by itself: codes to a neighbour's number would use it up as well as codes to this one.
    ...prefixesOf(destination).flatMap((prefix) => charged('SENDS_PER_PREFIX', 'notices-prefix', prefix)),
    ...countryBudgets(environment, destination),
    ...charged('SENDS_PER_HOUR', 'hour', ''),
  ];
}

/** The budgets of a caller who asks about accounts. */
export function lookupBudgets(environment: Environment, production: boolean): Parts['lookups'] {
  const limits = limitsOf('LOOKUPS_PER_CALLER', environment, production);
  return (caller) => limits.map((limit) => ({ name: 'lookups', value: caller, ...limit }));
}

/** The budgets that are set above their defaults, one sentence each. */
export function beyondBudgets(environment: Environment): readonly string[] {
  const names = Object.keys(USUAL) as BudgetName[];
  return names.flatMap((name) => {
    const set = setOf(name, environment);
    const holds = (usual: Limit): boolean =>
      set === undefined || set.some(({ most, within }) => most * Math.ceil(usual.within / within) <= usual.most);
    return USUAL[name].every(holds) ? [] : [`${name} allows more than ${SETTINGS[name].by}`];
  });
}

function chargedIn(environment: Environment, production: boolean) {
  const limits = new Map<BudgetName, readonly Limit[]>();
  return (setting: BudgetName, name: string, value: string): readonly Budget[] => {
    const own = limits.get(setting) ?? limitsOf(setting, environment, production);
    limits.set(setting, own);
    return own.map(({ most, within }) => ({ name, value, most, within }));
  };
}

function limitsOf(name: BudgetName, environment: Environment, production: boolean): readonly Limit[] {
  const usual = USUAL[name].map(({ most, within }) => ({ most: production ? most : most * GENEROUS, within }));
  return setOf(name, environment) ?? usual;
}

function setOf(name: BudgetName, environment: Environment): readonly Limit[] | undefined {
  const set = environment[name];
  return typeof set === 'number' ? [{ most: set, within: HOUR }] : set;
}

/** Numbers that are rented for pumping lie next to each other: what they have in common but for four digits. */
function prefixesOf(destination: string): readonly string[] {
  return /^\+\d{8,}$/.test(destination) ? [destination.slice(0, -4)] : [];
}

/** Those that name the country of the number; where none does, those that name no country. */
function countryBudgets({ SENDS_PER_COUNTRY: set }: Environment, destination: string): readonly Budget[] {
  if (set.length === 0) return [];
  const country = parsePhoneNumberFromString(destination)?.country;
  if (country === undefined) return [];
  const own = set.filter((limit) => limit.country === country);
  const limits = own.length > 0 ? own : set.filter((limit) => limit.country === null);
  return limits.map(({ most, within }) => ({ name: 'country', value: country, most, within }));
}
