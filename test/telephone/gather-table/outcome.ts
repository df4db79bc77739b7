import { speechMs } from '../../../src/core/call/speech-time.ts';
import { transcript, type Verb } from '../../../src/core/call/verbs.ts';
import type { CallEvent, Document, Listening, LineRequest, Presses } from '../../../src/telephone/call-events.ts';
import type { KeyPress } from '../../../src/telephone/gather.ts';
import { playCall } from '../../../src/telephone/player.ts';
import { URL, type Doing } from './gather-case.ts';

/** Plays a call whose documents come one after the other, and tells all that came out of it. */
export function outcomeOf(documents: readonly (readonly Verb[])[], does: Doing): readonly string[] {
  const events: CallEvent[] = [];
  const rest: Document[] = [...documents];
  playCall(`${URL}/start`, {
    line: () => rest.shift() ?? [{ verb: 'hangup' }],
    caller: callerWho(does),
    observe: (event) => void events.push(event),
    ...(does.dialOutcome && { dialOutcome: does.dialOutcome }),
  });
  return events.slice(1).flatMap((event, index) => lineOf(event, firstKeyAfter(events.slice(index + 2))));
}

/** Presses keys by the clock, whatever listens: the telephone must find out what becomes of them. */
function callerWho({ keys = '', words, hangsUp }: Doing): (listening: Listening) => Presses {
  let coming = keys.split(' ').flatMap((press): readonly KeyPress[] => {
    const [key = '', at] = press.split('@');
    return at === undefined ? [] : [{ key, at: Number(at) }];
  });
  return () => {
    const now = coming;
    coming = [];
    return { keys: now, ...(words && { words }), hangUp: hangsUp === true };
  };
}

/** What is spoken when a key comes is cut short, and what would have come later is not spoken. */
function firstKeyAfter(events: readonly CallEvent[]): number {
  return events.find(({ kind }) => kind === 'pressed')?.at ?? Infinity;
}

function lineOf(event: CallEvent, cutAt: number): readonly string[] {
  const { at } = event;
  switch (event.kind) {
    case 'said': {
      if (at >= cutAt) return [];
      const text = transcript(event.utterance.parts);
      const heardMs = Math.min(cutAt - at, speechMs(event.utterance.parts));
      const letters = Math.floor(heardMs / speechMs([{ kind: 'text', text: 'a' }]));
      const heard = letters < text.length ? `${text.slice(0, letters)}|` : text;
      return [`${at} ${event.recording === undefined ? '' : 'recording '}"${heard}"`];
    }
    case 'paused':
      return at >= cutAt ? [] : [`${at} pause${at + event.seconds * 1000 > cutAt ? '|' : ''}`];
    case 'pressed':
      return [`${at} key ${event.key}`];
    case 'spoke':
      return [`${at} words "${event.words}"`];
    case 'unanswered':
      return [`${at} no keys`];
    case 'request':
      return [`${at} POST ${event.url.slice(URL.length)}${carried(event)}`];
    case 'ended':
      return [`${at} the ${event.by} hangs up`];
    // Seen by the requests that follow.
    case 'listening':
    case 'dialled':
    case 'queued':
      return [];
  }
}

function carried({ digits, finishedOnKey, words, dialled, queued }: LineRequest): string {
  return [
    digits === undefined ? '' : ` Digits=${digits}`,
    finishedOnKey === true ? ' FinishedOnKey=#' : '',
    words === undefined ? '' : ` SpeechResult=${words}`,
    dialled === undefined ? '' : ` DialCallStatus=${dialled}`,
    queued === undefined ? '' : ` QueueResult=${queued}`,
  ].join('');
}
