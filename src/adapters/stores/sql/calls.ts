import type { CloseReason } from '../../../core/contracts/codes.ts';
import type { CallPhase, StoredCall } from '../../../core/contracts/turns.ts';
import type { CallState } from '../../../core/call/session.ts';
import { isSilent, isSteady } from '../kept-for.ts';
import type { Vault } from '../vault.ts';
import { audit } from './audit.ts';
import { openState } from './call-state.ts';
import { closeLive } from './close-live.ts';
import { lastSweep } from './last-sweep.ts';
import { all, change, first, holdRow, type Operation } from './operation.ts';

export type CallRow = {
  readonly id: string;
  readonly phase: CallPhase;
  readonly entry: number;
  readonly turns: number;
  readonly sends: number;
  readonly attempts: number;
  readonly last_seen_at: number;
  readonly revision: string;
  readonly state: Uint8Array | null;
};

/** What has to do with one call happens one after the other. */
export function holdCall(call: string): Operation<void> {
  return holdRow('calls', 'id', call);
}

/** The call as it stands at `now`: one that has been silent for too long is ended on the way. */
export function* findCall(call: string, now: number): Operation<CallRow | undefined> {
  yield* holdCall(call);
  const row = yield* first<CallRow>(
    'SELECT id, phase, entry, turns, sends, attempts, last_seen_at, revision, state FROM calls WHERE id = ?',
    call,
  );
  return row && (yield* asOf(row, now));
}

export function* asOf<R extends CallRow>(row: R, now: number): Operation<R> {
  if (row.phase === 'ended' || !isSilent(row.last_seen_at, now) || !isSteady(yield* lastSweep(), now)) return row;
  yield* markEnded(row.id, now, { why: 'silent', codes: 'silent' });
  return { ...row, phase: 'ended' };
}

export function* touch(call: CallRow, now: number): Operation<void> {
  if (call.phase === 'ended' || now <= call.last_seen_at) return;
  yield* change('UPDATE calls SET last_seen_at = ? WHERE id = ?', now, call.id);
}

/** Null while the start that opened the call has not been saved yet. */
export function stateOf(vault: Vault, { id, state }: CallRow): CallState | null {
  return state && openState(vault, id, state);
}

export function storedCall(vault: Vault, call: CallRow): StoredCall | null {
  const state = stateOf(vault, call);
  const { phase, entry, turns, sends, attempts } = call;
  return state && { phase, entry, turns, sends, attempts, state };
}

export function* phaseOf(call: string, now: number): Operation<CallPhase | null> {
  const row = yield* findCall(call, now);
  return row?.phase ?? null;
}

/** Whether a code may still be sent, tried or used in this call. */
export function* isGoingOn(call: string): Operation<boolean> {
  const row = yield* first<{ phase: CallPhase }>('SELECT phase FROM calls WHERE id = ?', call);
  return row !== undefined && row.phase !== 'ended';
}

/** Ends a call once; `codes` is the word its live codes are closed with. An unknown call stays unknown. */
export function* markEnded(
  call: string,
  now: number,
  why: { readonly why: string; readonly codes: CloseReason },
): Operation<void> {
  yield* holdCall(call);
  const ended = yield* all(
    "UPDATE calls SET phase = 'ended', ended_at = ? WHERE id = ? AND phase <> 'ended' RETURNING id",
    now,
    call,
  );
  if (ended.length === 0) return;
  yield* closeLive(call, now, why.codes);
  yield* audit(call, { kind: 'end', at: now, detail: why.why });
}
