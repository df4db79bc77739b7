/**
 * The platform's rules for walking documents of verbs, on a virtual clock of its own. It waits for nothing and knows no
 * transport: whoever resumes it brings documents and keys.
 */
import { speechMs } from '../core/call/speech-time.ts';
import type { Gather, Spoken, Verb } from '../core/call/verbs.ts';
import { DialproofError } from '../core/errors.ts';
import type { CallEnded, CallEvent, DialOutcome, Document, LineRequest, Presses, QueueResult } from './call-events.ts';
import { runGather, type KeyPress } from './gather.ts';

export interface CallOptions {
  /** How every Dial is answered, and every queue accordingly; `completed` unless said otherwise. */
  readonly dialOutcome?: DialOutcome;
}

const QUEUE_RESULTS: Readonly<Record<DialOutcome, QueueResult>> = {
  completed: 'bridged',
  busy: 'queue-full',
  'no-answer': 'leave',
  failed: 'error',
};

/** Silence after which the platform takes what was said for complete. */
const AFTER_SPEECH_MS = 2_000;

/** What the walk is resumed with; `leaves`: the caller hangs up while the line is held. */
export type Answer =
  | { readonly document: Document }
  | { readonly presses: Presses }
  | { readonly leaves: boolean }
  | undefined;
type Walk<Result> = Generator<CallEvent, Result, Answer>;

/** Where a call is between two verbs. */
interface Progress {
  at: number;
  documents: number;
  later: readonly KeyPress[];
  callerLeaves: boolean;
}

/**
 * Walks a call from the request to `url` to its end, yielding what happens. A `request` must be answered by a document
 * and `listening` by presses; the last event is `ended`.
 */
export function* walkCall(url: string, options: CallOptions): Walk<CallEnded> {
  const progress: Progress = { at: 0, documents: 0, later: [], callerLeaves: false };
  let request: LineRequest | null = { url };
  let by: CallEnded['by'] = 'line';
  let elsewhere: { readonly url?: string } = {};
  while (request !== null) {
    const document: Document = documentOf(yield { kind: 'request', at: progress.at, ...request });
    progress.documents += 1;
    if (document === null) {
      by = 'elsewhere';
      elsewhere = { url: request.url };
      break;
    }
    // A caller who hangs up after the last key does so while the request is on its way.
    request = progress.callerLeaves ? null : yield* playDocument(document, progress, options);
    if (progress.callerLeaves && request === null) by = 'caller';
  }
  const end: CallEnded = { kind: 'ended', at: progress.at, by, ...elsewhere };
  yield end;
  return end;
}

/** Plays to the first verb that makes a request; null when the document is over or somebody has hung up. */
function* playDocument(document: readonly Verb[], progress: Progress, options: CallOptions): Walk<LineRequest | null> {
  for (const [index, verb] of document.entries()) {
    switch (verb.verb) {
      case 'say':
      case 'play':
      case 'pause': {
        const answer = yield spoken(verb, progress.at, document[index + 1]?.verb === 'redirect');
        if (answer !== undefined && 'leaves' in answer) progress.callerLeaves = answer.leaves;
        if (progress.callerLeaves) return null;
        progress.at += spokenMs(verb);
        break;
      }
      case 'gather': {
        const request = yield* playGather(verb, progress);
        if (request !== null || progress.callerLeaves) return request;
        break;
      }
      case 'redirect':
        return { url: verb.url };
      case 'dial': {
        const outcome = options.dialOutcome ?? 'completed';
        yield { kind: 'dialled', at: progress.at, to: verb.to, outcome };
        if (verb.action === undefined) break;
        return { url: verb.action, dialled: outcome };
      }
      case 'enqueue': {
        const result = QUEUE_RESULTS[options.dialOutcome ?? 'completed'];
        yield { kind: 'queued', at: progress.at, queue: verb.queue, result };
        return { url: verb.action, queued: result };
      }
      case 'hangup':
        return null;
    }
  }
  return null;
}

function* playGather(gather: Gather, progress: Progress): Walk<LineRequest | null> {
  const { at } = progress;
  let promptsEnd = at;
  for (const verb of gather.spoken) {
    yield spoken(verb, promptsEnd, false);
    promptsEnd += spokenMs(verb);
  }
  const ahead = progress.later.filter((press) => press.at >= at);
  const presses = pressesOf(
    yield { kind: 'listening', at, gather, promptsEnd, document: progress.documents, typedAhead: ahead.length > 0 },
  );
  const { words } = presses;
  const coming = [...ahead, ...presses.keys.filter((press) => press.at >= at)];
  const keys = gather.speech?.only === true ? [] : coming;
  progress.callerLeaves = presses.hangUp === true;
  if (words !== undefined && gather.speech !== undefined && !keys.some((press) => press.at <= promptsEnd)) {
    progress.at = promptsEnd + speechMs([{ kind: 'text', text: words }]) + AFTER_SPEECH_MS;
    progress.later = coming;
    yield { kind: 'spoke', at: promptsEnd, words };
    return { url: gather.action, words };
  }
  const { end, heard, later } = runGather(gather, { at, promptsMs: promptsEnd - at }, keys);
  for (const [index, press] of heard.entries()) {
    const cut = index === 0 && press.at < promptsEnd ? { cut: promptsEnd - press.at } : {};
    yield { kind: 'pressed', at: press.at, key: press.key, ...cut };
  }
  progress.later = keys === coming ? later : coming;
  // Who hangs up after the last key does not wait for the timer.
  const keyEndedIt = heard.at(-1)?.at === end.at;
  if (progress.callerLeaves && !keyEndedIt) {
    progress.at = heard.at(-1)?.at ?? promptsEnd;
    return null;
  }
  progress.at = end.at;
  if (end.kind === 'digits') return { url: gather.action, digits: end.digits, finishedOnKey: end.finishedOnKey };
  yield { kind: 'unanswered', at: end.at };
  return null;
}

function spoken(verb: Spoken, at: number, beforeRedirect: boolean): CallEvent {
  if (verb.verb === 'pause') return { kind: 'paused', at, seconds: verb.seconds, beforeRedirect };
  return { kind: 'said', at, utterance: verb.utterance, ...(verb.verb === 'play' ? { recording: verb.url } : {}) };
}

function spokenMs(verb: Spoken): number {
  return verb.verb === 'pause' ? verb.seconds * 1000 : speechMs(verb.utterance.parts);
}

function documentOf(answer: Answer): Document {
  if (answer !== undefined && 'document' in answer) return answer.document;
  throw unanswered('request');
}

function pressesOf(answer: Answer): Presses {
  if (answer !== undefined && 'presses' in answer) return answer.presses;
  throw unanswered('listening');
}

function unanswered(event: CallEvent['kind']): DialproofError {
  return new DialproofError('wiring-broken', `The telephone's event "${event}" was not answered.`, {
    fix: 'Drive a call with playCall or playCallOver only.',
  });
}
