import type { PastEvent } from '../../core/contracts/history.ts';
import type { CallSummary } from '../../core/contracts/store.ts';
import { counted } from '../counted.ts';
import { inUtc } from '../in-utc.ts';
import { tableOf } from '../table.ts';
import { minutes, whereOf } from './listed.ts';

/** What each kind of event says; `detail`, where it has one, stands behind it. */
const WORDS: Readonly<Record<PastEvent['kind'], string>> = {
  start: 'a callflow begins',
  send: 'a code is sent',
  report: 'a report of a code',
  attempt: 'a code is tried',
  lock: 'its wrong codes lock the account',
  notice: 'the holder of the account is told of the lock',
  grant: 'the code was right: the account is proved',
  exit: 'the callflow is left',
  end: 'the call ends',
  enrolment: 'an authenticator changes',
  device: 'a remembered browser changes',
  'sign-in': 'the web sign-in',
};

/** One call for the eyes: a line about it, then its audit trail from its first event on. */
export function timeline(call: string, summary: CallSummary | null, trail: readonly PastEvent[]): string {
  const began = trail[0]?.at ?? summary?.startedAt ?? 0;
  const head = summary === null ? [] : [aboutIt(summary)];
  const events = trail.map((event) => [
    minutes(Math.max(0, Math.round((event.at - began) / 1000))).padStart(6),
    WORDS[event.kind],
    ...(event.masked === undefined ? [event.method ?? ''] : [`${event.method ?? ''} ${event.masked}`.trim()]),
    event.detail ?? '',
  ]);
  return `${[`${call}, ${inUtc(began)}`, ...head, ''].join('\n')}\n${tableOf(events)}`;
}

function aboutIt(summary: CallSummary): string {
  const { callflow, turns, sends, attempts } = summary;
  const counts = [counted(turns, 'turn'), counted(sends, 'code'), `${attempts} tried`];
  return `${callflow}: ${whereOf(summary)}; ${counts.join(', ')}`;
}

export function timelineJson(call: string, summary: CallSummary | null, trail: readonly PastEvent[]): string {
  const { callflow, phase, block, exit, turns, sends, attempts } = summary ?? {};
  const about = { call, callflow, phase, block, exit, turns, sends, attempts };
  const audit = trail.map(({ at, ...event }) => ({ at: new Date(at).toISOString(), ...event }));
  return `${JSON.stringify({ ...about, audit }, null, 2)}\n`;
}
