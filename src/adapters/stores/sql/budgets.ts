import type { Budget } from '../../../core/contracts/codes.ts';
import { budgetParts, windowOf, type Window } from '../budget-window.ts';
import { isCount } from '../count.ts';
import type { Vault } from '../vault.ts';
import { all, change, holdName, type Operation } from './operation.ts';

/** Where one send was counted; `refundSend` gives it back there. */
export interface Spent {
  readonly key: string;
  readonly bucket: number;
}

export function* isOverBudget(vault: Vault, budget: Budget, now: number): Operation<boolean> {
  return (yield* overBudget(vault, [budget], now)) !== undefined;
}

/** The first of these that is used up. All are held, so that what is seen here can be spent. */
export function* overBudget(vault: Vault, budgets: readonly Budget[], now: number): Operation<Budget | undefined> {
  if (budgets.length === 0) return undefined;
  const places = budgets.map((budget) => place(vault, budget, now));
  for (const { key } of places) yield* holdName(key);
  const rows = yield* all<Used>(
    `SELECT budget_key, CAST(SUM(used) AS BIGINT) AS used, MIN(used) AS least, MAX(bucket) AS newest
     FROM budgets WHERE ${places.map(() => '(budget_key = ? AND bucket >= ?)').join(' OR ')} GROUP BY budget_key`,
    ...places.flatMap(({ key, oldest }) => [key, oldest]),
  );
  for (const [index, budget] of budgets.entries()) {
    const at = places[index];
    const used = rows.find((row) => row.budget_key === at?.key);
    if (at === undefined || (yield* isUsedUp(budget, at, used))) return budget;
  }
  return undefined;
}

type Used = { readonly budget_key: string; readonly used: number; readonly least: number; readonly newest: number };

function* isUsedUp({ most }: Budget, at: Place, row: Used | undefined): Operation<boolean> {
  if (row === undefined) return !(most > 0);
  if (!isCount(row.least) || !isCount(row.used)) return true;
  if (row.newest > at.bucket) yield* bringBack(at);
  return !(row.used < most);
}

export function* spend(vault: Vault, budget: Budget, now: number): Operation<Spent> {
  const at = place(vault, budget, now);
  yield* count(at, 1);
  return { key: at.key, bucket: at.bucket };
}

export function* giveBack({ key, bucket }: Spent): Operation<void> {
  yield* change('UPDATE budgets SET used = used - 1 WHERE budget_key = ? AND bucket = ? AND used > 0', key, bucket);
}

interface Place extends Window {
  readonly key: string;
}

function* count({ key, bucket, pastAt }: Place, used: number): Operation<void> {
  yield* change(
    `INSERT INTO budgets (budget_key, bucket, used, past_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (budget_key, bucket) DO UPDATE SET used = budgets.used + excluded.used`,
    key,
    bucket,
    used,
    pastAt,
  );
}

/**
 * What lies ahead was counted before the clock was set back. It happened now at the latest, so it counts from now on for
 * one window: never more than `most` in any, and nobody is refused for as long as the clock was ahead.
 */
function* bringBack(at: Place): Operation<void> {
  const ahead = yield* all<{ used: number }>(
    'DELETE FROM budgets WHERE budget_key = ? AND bucket > ? RETURNING used',
    at.key,
    at.bucket,
  );
  const used = ahead.reduce((sum, each) => sum + each.used, 0);
  yield* count(at, used);
}

function place(vault: Vault, budget: Budget, now: number): Place {
  return { ...windowOf(budget, now), key: vault.mac('budget', budgetParts(budget)) };
}
