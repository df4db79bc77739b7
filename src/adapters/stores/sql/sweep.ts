import { markEnded, SILENT_FOR } from './calls.ts';
import { isSteady, noteSweep } from './last-sweep.ts';
import { all, change, type Operation } from './operation.ts';

/** What a repeat of a webhook could still ask for is kept this long after the end of its call, milliseconds. */
const REPLIES_KEPT = 24 * 60 * 60_000;
/**
 * A call names its library when its first turn is saved, and servers keep the one that they start calls on every minute:
 * what nothing has named for so long, nobody will, milliseconds.
 */
const LIBRARY_KEPT = 60 * 60_000;
/** An authenticator that nobody has confirmed by then was given up, milliseconds. */
const UNCONFIRMED_KEPT = 60 * 60_000;
/** Rows of one transaction: a sweep never holds up the calls in progress for long. */
const BATCH = 200;

/** The parts of a sweep, each to be run until it answers that nothing is left. */
export function sweepParts(
  now: number,
  retention: { readonly auditMs: number },
): readonly (() => Operation<boolean>)[] {
  const callsBefore = now - Math.max(retention.auditMs, REPLIES_KEPT);
  return [
    () => hearCallsAnew(now),
    () => endSilentCalls(now),
    () => purgeEndedCalls(now),
    () => forgetCalls(callsBefore),
    () => forgetAudit(now - retention.auditMs),
    () => forgetBudgets(now),
    () => forgetUnconfirmed(now - UNCONFIRMED_KEPT),
    () => forgetRevoked(now - retention.auditMs),
    () => forgetLibraries(now - LIBRARY_KEPT),
  ];
}

/** After a gap in time each call has its 4 hours anew. */
function* hearCallsAnew(now: number): Operation<boolean> {
  if (!(yield* isSteady(now)))
    yield* change('UPDATE calls SET last_seen_at = ? WHERE ended_at IS NULL AND last_seen_at < ?', now, now);
  yield* noteSweep(now);
  return false;
}

function* endSilentCalls(now: number): Operation<boolean> {
  const silent = yield* all<{ id: string }>(
    'SELECT id FROM calls WHERE ended_at IS NULL AND last_seen_at <= ? LIMIT ?',
    now - SILENT_FOR,
    BATCH,
  );
  for (const { id } of silent) yield* markEnded(id, now, { why: 'silent', codes: 'silent' });
  return silent.length === BATCH;
}

/** The CallSid stays: a captured start never sends again. */
function* purgeEndedCalls(now: number): Operation<boolean> {
  const ended = yield* all<{ id: string }>(
    'SELECT id FROM calls WHERE purged_at IS NULL AND ended_at <= ? LIMIT ?',
    now - REPLIES_KEPT,
    BATCH,
  );
  for (const { id } of ended) {
    for (const table of ['turns', 'tasks', 'charges', 'challenges', 'code_calls']) {
      yield* change(`DELETE FROM ${table} WHERE call_id = ?`, id);
    }
    yield* change('UPDATE calls SET state = NULL, purged_at = ? WHERE id = ?', now, id);
  }
  return ended.length === BATCH;
}

function* forgetCalls(before: number): Operation<boolean> {
  return yield* isBatchFull(
    `DELETE FROM calls WHERE id IN
       (SELECT id FROM calls WHERE purged_at IS NOT NULL AND ended_at <= ? LIMIT ?) RETURNING id`,
    before,
  );
}

function* forgetAudit(before: number): Operation<boolean> {
  return yield* isBatchFull(
    'DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE happened_at <= ? LIMIT ?) RETURNING id',
    before,
  );
}

function* forgetBudgets(now: number): Operation<boolean> {
  return yield* isBatchFull(
    `DELETE FROM budgets WHERE (budget_key, bucket) IN
       (SELECT budget_key, bucket FROM budgets WHERE past_at <= ? LIMIT ?) RETURNING bucket`,
    now,
  );
}

function* forgetUnconfirmed(before: number): Operation<boolean> {
  return yield* isBatchFull(
    `DELETE FROM authenticators WHERE id IN
       (SELECT id FROM authenticators WHERE confirmed_at IS NULL AND enrolled_at <= ? LIMIT ?) RETURNING id`,
    before,
  );
}

function* forgetRevoked(before: number): Operation<boolean> {
  return yield* isBatchFull(
    'DELETE FROM authenticators WHERE id IN (SELECT id FROM authenticators WHERE revoked_at <= ? LIMIT ?) RETURNING id',
    before,
  );
}

function* forgetLibraries(before: number): Operation<boolean> {
  return yield* isBatchFull(
    `DELETE FROM libraries WHERE revision IN
       (SELECT revision FROM libraries
        WHERE kept_at <= ? AND kept_at < (SELECT MAX(kept_at) FROM libraries)
          AND NOT EXISTS (SELECT 1 FROM calls WHERE calls.revision = libraries.revision AND purged_at IS NULL)
        LIMIT ?) RETURNING revision`,
    before,
  );
}

function* isBatchFull(deletion: string, before: number): Operation<boolean> {
  const gone = yield* all(deletion, before, BATCH);
  return gone.length === BATCH;
}
