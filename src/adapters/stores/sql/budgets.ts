import type { Budget } from '../../../core/contracts/codes.ts';
import type { Vault } from '../vault.ts';
import { change, first, isCount, type Operation } from './operation.ts';

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
  const { key, bucket } = place(vault, budget, now);
  // Buckets of the future, left by a clock that was set back, count as well.
  const row = yield* first<{ used: number | null; least: number | null }>(
    `SELECT CAST(SUM(used) AS BIGINT) AS used, MIN(used) AS least
     FROM budgets WHERE budget_key = ? AND bucket >= ?`,
    key,
    bucket - BUCKETS,
  );
  if (row?.least === undefined || row.least === null) return !(budget.most > 0);
  return !isCount(row.least) || !isCount(row.used) || !(row.used < budget.most);
}

export function* spend(vault: Vault, budget: Budget, now: number): Operation<Spent> {
  const { key, bucket, width } = place(vault, budget, now);
  yield* change(
    `INSERT INTO budgets (budget_key, bucket, used, past_at) VALUES (?, ?, 1, ?)
     ON CONFLICT (budget_key, bucket) DO UPDATE SET used = budgets.used + 1`,
    key,
    bucket,
    (bucket + BUCKETS + 1) * width,
  );
  return { key, bucket };
}

export function* giveBack({ key, bucket }: Spent): Operation<void> {
  yield* change('UPDATE budgets SET used = used - 1 WHERE budget_key = ? AND bucket = ? AND used > 0', key, bucket);
}

function place(vault: Vault, budget: Budget, now: number): Spent & { readonly width: number } {
  const width = Math.max(1, Math.ceil(budget.within / BUCKETS));
  const key = vault.mac('budget', [budget.name, budget.value, String(budget.within)]);
  return { key, bucket: Math.floor(now / width), width };
}
