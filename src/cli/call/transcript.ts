/** A call as a person would write it down, entry by entry. */
import { transcript } from '../../core/call/verbs.ts';
import type { DialTarget } from '../../core/call/verbs.ts';
import type { CallEnded, CallEvent } from '../../telephone/call-events.ts';
import type { DemoCall } from './demo-api.ts';

export type TranscriptEntry =
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'pressed'; readonly keys: string }
  | { readonly kind: 'spoke'; readonly words: string }
  | { readonly kind: 'silent' }
  | {
      readonly kind: 'message';
      readonly method: DemoCall['messages'][number]['method'];
      readonly to: string;
      readonly text: string;
    }
  | { readonly kind: 'dialled'; readonly to: string; readonly outcome: string }
  | { readonly kind: 'queued'; readonly queue: string; readonly result: string }
  /** `to`: the address it was handed over to, but for the token. */
  | { readonly kind: 'ended'; readonly by: CallEnded['by']; readonly to?: string };

export interface TranscriptWriter {
  readonly observe: (event: CallEvent) => void;
  readonly add: (entry: TranscriptEntry) => void;
  /** Hands on what was said or pressed so far. */
  readonly flush: () => void;
  readonly entries: readonly TranscriptEntry[];
}

/** Joins events to entries (a reply's sentences, the keys of one answer) and hands each one on when it is complete. */
export function transcriptWriter(print: (entry: TranscriptEntry) => void): TranscriptWriter {
  const entries: TranscriptEntry[] = [];
  let speech: string[] = [];
  let keys = '';
  let answered = false;

  const add = (entry: TranscriptEntry): void => {
    entries.push(entry);
    print(entry);
  };
  const flush = (): void => {
    const text = speech.filter((sentence) => sentence !== '').join(' ');
    speech = [];
    if (text !== '') add({ kind: 'said', text });
    if (keys !== '') add({ kind: 'pressed', keys });
    keys = '';
  };
  const observe = (event: CallEvent): void => {
    if (event.kind === 'said') speech.push(spokenText(event));
    else if (event.kind === 'pressed') {
      keys += event.key;
      answered = true;
    } else if (event.kind !== 'paused') flush();

    if (event.kind === 'spoke') add({ kind: 'spoke', words: event.words });
    if (event.kind === 'request') answered = false;
    if (event.kind === 'unanswered' && !answered) {
      answered = true;
      add({ kind: 'silent' });
    }
    if (event.kind === 'dialled') add({ kind: 'dialled', to: targetText(event.to), outcome: event.outcome });
    if (event.kind === 'queued') add({ kind: 'queued', queue: event.queue, result: event.result });
    if (event.kind === 'ended') add(endOf(event));
  };
  return {
    observe,
    add: (entry) => {
      flush();
      add(entry);
    },
    flush,
    entries,
  };
}

export function entryOf({ method, to, text }: DemoCall['messages'][number]): TranscriptEntry {
  return { kind: 'message', method, to, text };
}

function endOf({ by, url }: CallEnded): TranscriptEntry {
  const to = url?.replace(/([?&]token=)[^&#]*/, '$1...');
  return { kind: 'ended', by, ...(to === undefined ? {} : { to }) };
}

/** Recordings stand between two notes. */
function spokenText(event: CallEvent & { readonly kind: 'said' }): string {
  const text = transcript(event.utterance.parts);
  if (event.recording === undefined) return text;
  return text === '' ? `(recording ${event.recording.split('/').at(-1)})` : `♪ ${text} ♪`;
}

function targetText(to: DialTarget): string {
  return to.kind === 'number' ? to.number : to.uri;
}
