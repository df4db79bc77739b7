import { KEPT, type Retention, type Rows } from '../../../core/contracts/store.ts';
import { isSteady, LIBRARY_KEPT, REPLIES_KEPT, SIGN_INS_KEPT, SILENT_FOR, UNCONFIRMED_KEPT } from '../kept-for.ts';
import { forgetStates } from './call-state.ts';
import { findCall } from './calls.ts';
import { lastSweep, noteSweep } from './last-sweep.ts';
import { all, change, first, type Operation, type Run } from './operation.ts';

/** Rows of one transaction: a sweep never holds up the calls in progress for long. */
const BATCH = 200;

/** What a repeated webhook of a call could ask for. */
const CONTENT = ['turns', 'tasks', 'charges', 'challenges', 'code_calls'] as const;

/** What one transaction of a sweep removed. */
interface Batch {
  readonly gone: Partial<Rows>;
  /** There may be more of the same. */
  readonly more: boolean;
}

type Part = () => Operation<Batch>;

/** Removes what is past its retention, each batch in a transaction of its own. */
export async function sweep(run: Run, now: number, retention: Retention): Promise<Rows> {
  forgetStates();
  const gone: Record<keyof Rows, number> = { ...NOTHING };
  for (const part of sweepParts(now, retention)) {
    for (let more = true; more;) {
      const batch = await run(part);
      for (const kept of KEPT) gone[kept] += batch.gone[kept] ?? 0;
      ({ more } = batch);
    }
  }
  return gone;
}

export function* countRows(): Operation<Rows> {
  const rows: Record<keyof Rows, number> = { ...NOTHING };
  for (const kept of KEPT) rows[kept] = (yield* first<{ n: number }>(`SELECT COUNT(*) AS n FROM ${kept}`))?.n ?? 0;
  return rows;
}

const NOTHING = Object.fromEntries(KEPT.map((kept) => [kept, 0])) as Rows;

function sweepParts(now: number, { auditMs, repliesMs = REPLIES_KEPT }: Retention): readonly Part[] {
  return [
    () => hearCallsAnew(now),
    () => endSilentCalls(now),
    () => purgeEndedCalls(now, now - repliesMs),
    () => forgetCalls(now - Math.max(auditMs, repliesMs)),
    () => forgetAudit(now - auditMs),
    () => forgetBudgets(now),
    () => forgetUnconfirmed(now - UNCONFIRMED_KEPT),
    () => forgetRevoked(now - auditMs),
    () => forgetLibraries(now - LIBRARY_KEPT),
    () => forgetDeviceTokens(now - auditMs),
    () => forgetDevices(now - auditMs),
    () => forgetSignIns(now - SIGN_INS_KEPT),
  ];
}

/** After a gap in time each call has its 4 hours anew. */
function* hearCallsAnew(now: number): Operation<Batch> {
  if (!isSteady(yield* lastSweep(), now))
    yield* change('UPDATE calls SET last_seen_at = ? WHERE ended_at IS NULL AND last_seen_at < ?', now, now);
  yield* noteSweep(now);
  return { gone: {}, more: false };
}

function* endSilentCalls(now: number): Operation<Batch> {
  const silent = yield* all<{ id: string }>(
    'SELECT id FROM calls WHERE ended_at IS NULL AND last_seen_at <= ? ORDER BY id LIMIT ?',
    now - SILENT_FOR,
    BATCH,
  );
  // Whoever has called again meanwhile goes on.
  for (const { id } of silent) yield* findCall(id, now);
  return { gone: {}, more: silent.length === BATCH };
}

/** The CallSid stays: a captured start never sends again. */
function* purgeEndedCalls(now: number, before: number): Operation<Batch> {
  const ended = yield* all<{ id: string }>(
    'SELECT id FROM calls WHERE purged_at IS NULL AND ended_at <= ? LIMIT ?',
    before,
    BATCH,
  );
  const gone: Partial<Record<keyof Rows, number>> = {};
  for (const { id } of ended) {
    for (const table of CONTENT) {
      gone[table] =
        (gone[table] ?? 0) + (yield* all(`DELETE FROM ${table} WHERE call_id = ? RETURNING call_id`, id)).length;
    }
    yield* change('UPDATE calls SET state = NULL, purged_at = ? WHERE id = ?', now, id);
  }
  return { gone, more: ended.length === BATCH };
}

/** With what was written into them after their purge. */
function* forgetCalls(before: number): Operation<Batch> {
  const past = 'SELECT id FROM calls WHERE purged_at IS NOT NULL AND ended_at <= ? ORDER BY ended_at, id LIMIT ?';
  const gone: Partial<Record<keyof Rows, number>> = {};
  for (const table of [...CONTENT, 'grants'] as const) {
    gone[table] = (yield* all(
      `DELETE FROM ${table} WHERE call_id IN (${past}) RETURNING call_id`,
      before,
      BATCH,
    )).length;
  }
  const calls = yield* all(`DELETE FROM calls WHERE id IN (${past}) RETURNING id`, before, BATCH);
  return { gone: { ...gone, calls: calls.length }, more: calls.length === BATCH };
}

function forgetAudit(before: number): Operation<Batch> {
  return forget(
    'audit',
    'DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE happened_at <= ? LIMIT ?) RETURNING id',
    before,
  );
}

function forgetBudgets(now: number): Operation<Batch> {
  return forget(
    'budgets',
    `DELETE FROM budgets WHERE (budget_key, bucket) IN
       (SELECT budget_key, bucket FROM budgets WHERE past_at <= ? LIMIT ?) RETURNING bucket`,
    now,
  );
}

function forgetUnconfirmed(before: number): Operation<Batch> {
  return forget(
    'authenticators',
    `DELETE FROM authenticators WHERE id IN
       (SELECT id FROM authenticators WHERE confirmed_at IS NULL AND enrolled_at <= ? LIMIT ?) RETURNING id`,
    before,
  );
}

function forgetRevoked(before: number): Operation<Batch> {
  return forget(
    'authenticators',
    'DELETE FROM authenticators WHERE id IN (SELECT id FROM authenticators WHERE revoked_at <= ? LIMIT ?) RETURNING id',
    before,
  );
}

function forgetLibraries(before: number): Operation<Batch> {
  return forget(
    'libraries',
    `DELETE FROM libraries WHERE revision IN
       (SELECT revision FROM libraries
        WHERE kept_at <= ? AND kept_at < (SELECT MAX(kept_at) FROM libraries)
          AND NOT EXISTS (SELECT 1 FROM calls WHERE calls.revision = libraries.revision AND purged_at IS NULL)
        LIMIT ?) RETURNING revision`,
    before,
  );
}

/** Before their devices: one may have many. */
function forgetDeviceTokens(before: number): Operation<Batch> {
  return forget(
    'device_tokens',
    `DELETE FROM device_tokens WHERE token_hash IN
       (SELECT token_hash FROM device_tokens
        WHERE device_id IN (SELECT id FROM devices WHERE COALESCE(revoked_at, expires_at) <= ?)
        LIMIT ?) RETURNING device_id`,
    before,
  );
}

function forgetDevices(before: number): Operation<Batch> {
  return forget(
    'devices',
    `DELETE FROM devices WHERE id IN
       (SELECT id FROM devices WHERE COALESCE(revoked_at, expires_at) <= ? LIMIT ?) RETURNING id`,
    before,
  );
}

function forgetSignIns(before: number): Operation<Batch> {
  return forget(
    'sign_ins',
    `DELETE FROM sign_ins WHERE token_hash IN
       (SELECT token_hash FROM sign_ins WHERE expires_at <= ? LIMIT ?) RETURNING call_id`,
    before,
  );
}

function* forget(kept: keyof Rows, deletion: string, before: number): Operation<Batch> {
  const gone = yield* all(deletion, before, BATCH);
  return { gone: { [kept]: gone.length }, more: gone.length === BATCH };
}
