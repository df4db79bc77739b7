import type { TraceEvent, TracedCall, TraceEventOf } from '../../simulator/trace/trace-schema.ts';
import { ARRIVED, broughtBy, ENDED, lasting } from './in-words.ts';

/** Something that lasts, in the lane of the line. */
export interface Bar {
  readonly look: 'said' | 'cut' | 'listens' | 'unanswered' | 'paused';
  readonly at: number;
  readonly to: number;
  readonly label: string;
  readonly title: string;
}

/** Something that happens at a moment. */
export interface Mark {
  readonly lane: 'caller' | 'server' | 'events';
  readonly look: 'keys' | 'words' | 'turn' | 'arrived' | 'note' | 'bad' | 'end';
  readonly at: number;
  readonly label: string;
  readonly title: string;
}

/** What the line says and when it waits. */
export function barsOf({ events }: TracedCall): readonly Bar[] {
  return events.flatMap((event): readonly Bar[] => {
    if (event.kind === 'said') {
      const label = event.prompts[0] ?? event.text;
      return [{ ...span(event), look: event.cut === true ? 'cut' : 'said', label, title: `${label}: ${event.text}` }];
    }
    if (event.kind === 'paused') return [{ ...span(event), look: 'paused', label: '', title: 'a pause' }];
    if (event.kind !== 'listens') return [];
    const silence = `silence, ${lasting(event.to - event.at)}`;
    return event.answered
      ? [{ ...span(event), look: 'listens', label: '', title: 'listens' }]
      : [{ ...span(event), look: 'unanswered', label: 'silence', title: silence }];
  });
}

function span({ at, to }: { readonly at: number; readonly to: number }) {
  return { at, to };
}

/** Keys, requests and all else; keys that follow each other are one mark. */
export function marksOf({ events }: TracedCall, failed: boolean): readonly Mark[] {
  const marks: Mark[] = [];
  let turns = 0;
  for (const [index, event] of events.entries()) {
    if (event.kind === 'pressed') {
      if (events[index - 1]?.kind !== 'pressed') marks.push(keysMark(event, keysFrom(events, index)));
    } else {
      if (event.kind === 'turn') turns += 1;
      const mark = event.kind === 'turn' ? turnMark(event, turns) : markOf(event);
      if (mark !== null) marks.push(mark);
    }
  }
  const at = events.reduce((latest, event) => Math.max(latest, event.at), 0);
  return failed ? [...marks, { lane: 'events', look: 'bad', at, label: '✗ fails here', title: 'fails here' }] : marks;
}

/** The keys that are pressed one after the other from there on. */
export function keysFrom(events: readonly TraceEvent[], from: number): string {
  const end = events.findIndex((event, index) => index > from && event.kind !== 'pressed');
  return events
    .slice(from, end < 0 ? undefined : end)
    .map((event) => (event.kind === 'pressed' ? event.key : ''))
    .join('');
}

function keysMark({ at }: TraceEventOf<'pressed'>, keys: string): Mark {
  return { lane: 'caller', look: 'keys', at, label: keys, title: `presses ${keys}` };
}

function turnMark(event: TraceEventOf<'turn'>, number: number): Mark {
  const brought = broughtBy(event);
  const title = `turn ${number}${brought === '' ? '' : `: ${brought}`}, answered in ${lasting(event.ms)}`;
  return { lane: 'server', look: 'turn', at: event.at, label: String(number), title };
}

function markOf(event: TraceEvent): Mark | null {
  const { at } = event;
  switch (event.kind) {
    case 'spoke':
      return { lane: 'caller', look: 'words', at, label: `“${event.words}”`, title: `says “${event.words}”` };
    case 'arrived':
      return { lane: 'events', look: 'arrived', at, label: `code: ${event.method}`, title: ARRIVED[event.method] };
    case 'fallback':
      return note(at, `fallback ${event.code}`);
    case 'later':
      return note(at, `${lasting(event.ms)} later`);
    case 'repeated':
      return note(at, 'request repeated');
    case 'locked-elsewhere':
      return note(at, 'locked elsewhere');
    case 'dialled':
      return note(at, `dials: ${event.outcome}`);
    case 'queued':
      return note(at, `queue: ${event.result}`);
    case 'fault':
      return { lane: 'events', look: 'bad', at, label: 'fault', title: event.reason };
    case 'ended':
      return {
        lane: event.by === 'caller' ? 'caller' : 'events',
        look: 'end',
        at,
        label: END_LABELS[event.by],
        title: ENDED[event.by],
      };
    case 'turn':
    case 'said':
    case 'paused':
    case 'listens':
    case 'pressed':
    case 'step':
      return null;
  }
}

const END_LABELS = { caller: 'hangs up', line: 'line hangs up', elsewhere: 'handed over' } as const;

function note(at: number, label: string): Mark {
  return { lane: 'events', look: 'note', at, label, title: label };
}
