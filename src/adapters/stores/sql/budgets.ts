import type { Budget } from '../../../core/contracts/codes.ts';
import { budgetParts, windowOf, type Window } from '../budget-window.ts';
import { isCount } from '../count.ts';
import type { Vault } from '../vault.ts';
import { all, change, first, holdName, type Operation } from './operation.ts';

/** Where one send was counted; `refundSend` gives it back there. */
export interface Spent {
  readonly key: string;
  readonly bucket: number;
}

export function* isOverBudget(vault: Vault, budget: Budget, now: number): Operation<boolean> {
  const at = place(vault, budget, now);
  yield* holdName(at.key);
  const row = yield* first<{ used: number | null; least: number | null; newest: number | null }>(
    `SELECT CAST(SUM(used) AS BIGINT) AS used, MIN(used) AS least, MAX(bucket) AS newest
     FROM budgets WHERE budget_key = ? AND bucket >= ?`,
    at.key,
    at.oldest,
  );
  if (row?.least === undefined || row.least === null) return !(budget.most > 0);
  if (!isCount(row.least) || !isCount(row.used)) return true;
  if (row.newest !== null && row.newest > at.bucket) yield* bringBack(at);
  return !(row.used < budget.most);
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
