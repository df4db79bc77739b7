import type { ChargeKey, CloseReason } from '../../../core/contracts/codes.ts';
import type { CallPhase, StoredCall } from '../../../core/contracts/turns.ts';
import type { TurnKey } from '../../../core/call/session.ts';
import { isSilent, isSteady } from '../kept-for.ts';
import { turnParts } from '../turn-rules.ts';
import { closeLive } from './close-live.ts';
import type { Call, Memory } from './memory.ts';
import { refused } from './refused.ts';

/** The call as it stands at `now`: one that has been silent for too long is ended on the way. */
export function findCall(memory: Memory, id: string, now: number): Call | undefined {
  const call = memory.calls.get(id);
  if (call && call.phase !== 'ended' && isSilent(call.lastSeenAt, now) && isSteady(memory.sweptAt, now)) {
    endCall(memory, call, { now, why: 'silent', codes: 'silent' });
  }
  return call;
}

/** For what is kept with a call. Throws `store-unavailable` where there is none, as the foreign keys of the SQL stores do. */
export function mustFindCall(memory: Memory, id: string): Call {
  const call = memory.calls.get(id);
  if (!call) throw refused(`the call ${id} is unknown`);
  return call;
}

export function addCall(memory: Memory, start: { id: string; callflow: string; now: number }): Call {
  const call: Call = {
    id: start.id,
    phase: 'active',
    entry: 1,
    turns: 0,
    sends: 0,
    attempts: 0,
    place: { callflow: start.callflow, revision: '', block: '', exit: null },
    startedAt: start.now,
    lastSeenAt: start.now,
    endedAt: null,
    isPurged: false,
    state: null,
    grants: [],
    claims: new Map(),
    tasks: new Map(),
    charges: { sends: new Map(), attempts: new Map(), notices: new Map() },
    challenges: [],
  };
  memory.calls.set(start.id, call);
  return call;
}

export function touch(call: Call, now: number): void {
  if (call.phase !== 'ended' && now > call.lastSeenAt) call.lastSeenAt = now;
}

/** Null while the start that opened the call has not been saved yet. */
export function storedCall({ phase, entry, turns, sends, attempts, state }: Call): StoredCall | null {
  return state && { phase, entry, turns, sends, attempts, state };
}

export function phaseOf(memory: Memory, call: string, now: number): CallPhase | null {
  return findCall(memory, call, now)?.phase ?? null;
}

/** Ends a call once; `codes` is the word its live codes are closed with. An unknown call stays unknown. */
export function endCall(
  memory: Memory,
  call: Call | undefined,
  { now, why, codes }: { readonly now: number; readonly why: string; readonly codes: CloseReason },
): void {
  if (!call || call.phase === 'ended') return;
  call.phase = 'ended';
  call.endedAt = now;
  closeLive(call, codes);
  memory.audit.push({ call: call.id, kind: 'end', at: now, detail: why });
}

/** What tells one webhook of a call from another. */
export function turnName(key: TurnKey, entry: number): string {
  return turnParts(key, entry).join('\0');
}

/** What tells one charge of its kind from another in a call. */
export function chargeName({ n, turn, entry }: ChargeKey): string {
  return `${n}\0${turnName(turn, entry)}`;
}
