import type { PastCall, PastEvent, RecentCalls } from '../../../core/contracts/history.ts';
import type { Call, Memory } from './memory.ts';

export function recentCalls({ calls }: Memory, { since, exit, most }: RecentCalls): readonly PastCall[] {
  return [...calls.values()]
    .filter(({ startedAt, place }) => startedAt >= since && (exit === undefined || place.exit === exit))
    .toSorted((one, other) => other.startedAt - one.startedAt || (one.id < other.id ? 1 : -1))
    .slice(0, most)
    .map(pastCall);
}

function pastCall(call: Call): PastCall {
  const { id, phase, place, turns, sends, attempts, startedAt, lastSeenAt, endedAt } = call;
  const { callflow, block, exit } = place;
  return { call: id, phase, callflow, block, exit, turns, sends, attempts, startedAt, lastSeenAt, endedAt };
}

export function auditOf({ audit }: Memory, call: string): readonly PastEvent[] {
  return audit
    .filter((line) => line.call === call)
    .toSorted((one, other) => one.at - other.at)
    .map(({ call: _call, account: _account, ...event }) => event);
}
