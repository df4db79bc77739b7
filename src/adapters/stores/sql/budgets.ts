import type { Budget } from '../../../core/contracts/codes.ts';
import type { Vault } from '../vault.ts';
import { all, change, first, isCount, type Operation } from './operation.ts';

/**
 * A window is kept as 60 buckets and the one that is sliding out of it, which counts whole until it has left: never
 * more than `most` in any window, and as many rows for a million sends as for sixty.
 */
const BUCKETS = 60;

/** Where one send was counted; `refundSend` gives it back there. */
export interface Spent {
  readonly key: string;
  readonly bucket: number;
}

export function* isOverBudget(vault: Vault, budget: Budget, now: number): Operation<boolean> {
  const at = place(vault, budget, now);
  const row = yield* first<{ used: number | null; least: number | null; newest: number | null }>(
    `SELECT CAST(SUM(used) AS BIGINT) AS used, MIN(used) AS least, MAX(bucket) AS newest
     FROM budgets WHERE budget_key = ? AND bucket >= ?`,
    at.key,
    at.bucket - BUCKETS,
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

interface Place extends Spent {
  /** Milliseconds of a bucket. */
  readonly width: number;
}

function* count({ key, bucket, width }: Place, used: number): Operation<void> {
  yield* change(
    `INSERT INTO budgets (budget_key, bucket, used, past_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (budget_key, bucket) DO UPDATE SET used = budgets.used + excluded.used`,
    key,
    bucket,
    used,
    (bucket + BUCKETS + 1) * width,
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
  const width = Math.max(1, Math.ceil(budget.within / BUCKETS));
  const key = vault.mac('budget', [budget.name, budget.value, String(budget.within)]);
  return { key, bucket: Math.floor(now / width), width };
}
