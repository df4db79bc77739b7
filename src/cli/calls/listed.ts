import type { PastCall } from '../../core/contracts/history.ts';
import { inUtc } from '../in-utc.ts';
import { tableOf } from '../table.ts';

/** What was asked for, as it was written. */
export interface Asked {
  readonly since: string;
  readonly exit?: string;
}

/** A table of calls; times are UTC. */
export function callsTable(calls: readonly PastCall[], { since, exit }: Asked): string {
  if (calls.length === 0)
    return exit === undefined
      ? `No call began within ${since}.\n`
      : `No call that began within ${since} left by "${exit}".\n`;
  const head = ['began', 'callflow', 'where', 'turns', 'codes', 'tries', 'took', 'call'];
  return tableOf([head, ...calls.map(rowOf)]);
}

function rowOf(call: PastCall): readonly string[] {
  const { callflow, turns, sends, attempts, startedAt } = call;
  const counts = [turns, sends, attempts].map(String);
  return [inUtc(startedAt), callflow, whereOf(call), ...counts, minutes(secondsOf(call)), call.call];
}

/** Its exit, or the block that it stands at or stood at when it ended. */
export function whereOf({ exit, phase, block }: Pick<PastCall, 'exit' | 'phase' | 'block'>): string {
  if (exit !== null) return `left by ${exit}`;
  return `${phase === 'ended' ? 'ended' : 'is'} at ${block === '' ? 'its start' : block}`;
}

/** From its start to its end, or to its last webhook. */
function secondsOf({ startedAt, endedAt, lastSeenAt }: Pick<PastCall, 'startedAt' | 'endedAt' | 'lastSeenAt'>): number {
  return Math.max(0, Math.round(((endedAt ?? lastSeenAt) - startedAt) / 1000));
}

/** `1:05`, minutes and seconds. */
export function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

export function callsJson(calls: readonly PastCall[]): string {
  const shown = calls.map(({ startedAt, lastSeenAt, endedAt, ...call }) => ({
    ...call,
    began: new Date(startedAt).toISOString(),
    seconds: secondsOf({ startedAt, lastSeenAt, endedAt }),
  }));
  return `${JSON.stringify(shown, null, 2)}\n`;
}
