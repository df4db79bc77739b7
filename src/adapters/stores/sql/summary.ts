import type { CallSummary } from '../../../core/contracts/store.ts';
import type { CallPhase } from '../../../core/contracts/turns.ts';
import type { Method } from '../../../core/method.ts';
import { all, first, type Operation } from './operation.ts';

type SummaryRow = {
  readonly phase: CallPhase;
  readonly callflow: string;
  readonly revision: string;
  readonly block: string;
  readonly exit_name: string | null;
  readonly entry: number;
  readonly turns: number;
  readonly sends: number;
  readonly attempts: number;
  readonly grants: number;
  readonly started_at: number;
  readonly last_seen_at: number;
};

type IssuedRow = {
  readonly method: Method;
  readonly masked: string;
  readonly issued_at: number;
  readonly attempts: number;
  readonly report_hash: string;
};

/** Plain columns only; the challenges come oldest first. */
export function* readCall(call: string): Operation<CallSummary | null> {
  const row = yield* first<SummaryRow>(
    `SELECT phase, callflow, revision, block, exit_name, entry, turns, sends, attempts, started_at, last_seen_at,
       (SELECT COUNT(*) FROM grants WHERE call_id = calls.id) AS grants
     FROM calls WHERE id = ?`,
    call,
  );
  if (!row) return null;
  const issued = yield* all<IssuedRow>(
    'SELECT method, masked, issued_at, attempts, report_hash FROM challenges WHERE call_id = ? ORDER BY ordinal',
    call,
  );
  const { phase, callflow, revision, block, turns, sends, attempts, grants } = row;
  return {
    call,
    phase,
    callflow,
    revision,
    block,
    turns,
    sends,
    attempts,
    grants,
    exit: row.exit_name,
    entries: row.entry,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
    challenges: issued.map((challenge) => ({
      method: challenge.method,
      masked: challenge.masked,
      issuedAt: challenge.issued_at,
      attempts: challenge.attempts,
      report: challenge.report_hash,
    })),
  };
}
