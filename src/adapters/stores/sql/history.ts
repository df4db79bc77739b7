import type { AuditEvent } from '../../../core/contracts/audit.ts';
import type { PastCall, PastEvent, RecentCalls } from '../../../core/contracts/history.ts';
import type { CallPhase } from '../../../core/contracts/turns.ts';
import type { Method } from '../../../core/method.ts';
import { all, type Operation } from './operation.ts';

type CallRow = {
  readonly id: string;
  readonly phase: CallPhase;
  readonly callflow: string;
  readonly block: string;
  readonly exit_name: string | null;
  readonly turns: number;
  readonly sends: number;
  readonly attempts: number;
  readonly started_at: number;
  readonly last_seen_at: number;
  readonly ended_at: number | null;
};

type AuditRow = {
  readonly happened_at: number;
  readonly kind: AuditEvent['kind'];
  readonly method: Method | null;
  readonly masked: string | null;
  readonly detail: string | null;
};

/** Plain columns only. */
export function* recentCalls({ since, exit, most }: RecentCalls): Operation<readonly PastCall[]> {
  const rows = yield* all<CallRow>(
    `SELECT id, phase, callflow, block, exit_name, turns, sends, attempts, started_at, last_seen_at, ended_at
     FROM calls WHERE started_at >= ?${exit === undefined ? '' : ' AND exit_name = ?'}
     ORDER BY started_at DESC, id DESC LIMIT ?`,
    since,
    ...(exit === undefined ? [] : [exit]),
    most,
  );
  return rows.map(({ phase, callflow, block, turns, sends, attempts, ...row }) => ({
    call: row.id,
    phase,
    callflow,
    block,
    exit: row.exit_name,
    turns,
    sends,
    attempts,
    startedAt: row.started_at,
    lastSeenAt: row.last_seen_at,
    endedAt: row.ended_at,
  }));
}

export function* auditOf(call: string): Operation<readonly PastEvent[]> {
  const rows = yield* all<AuditRow>(
    'SELECT happened_at, kind, method, masked, detail FROM audit WHERE call_id = ? ORDER BY happened_at, id',
    call,
  );
  return rows.map(({ happened_at: at, kind, method, masked, detail }) => ({
    at,
    kind,
    ...(method === null ? {} : { method }),
    ...(masked === null ? {} : { masked }),
    ...(detail === null ? {} : { detail }),
  }));
}
