/** What happens on the line, in milliseconds since the call began, and what the two ends of it do. */
import type { DialTarget, Gather, Utterance, Verb } from '../core/call/verbs.ts';
import type { KeyPress } from './gather.ts';

export const DIAL_OUTCOMES = ['completed', 'busy', 'no-answer', 'failed'] as const;
export type DialOutcome = (typeof DIAL_OUTCOMES)[number];

/** How waiting in a queue ends: an agent takes the call, or it does not come to that. */
export type QueueResult = 'bridged' | 'queue-full' | 'leave' | 'error';

/** What the platform posts to a URL. */
export interface LineRequest {
  readonly url: string;
  /** Gather's result. */
  readonly digits?: string;
  readonly finishedOnKey?: boolean;
  /** Gather's result where the caller spoke: the platform understood every word. */
  readonly words?: string;
  /** Dial's result. */
  readonly dialled?: DialOutcome;
  /** Enqueue's result. */
  readonly queued?: QueueResult;
}

/** A Gather has begun and the caller may press keys. */
export interface Listening {
  readonly kind: 'listening';
  readonly at: number;
  readonly gather: Gather;
  /** When the nested prompts are over. */
  readonly promptsEnd: number;
  /** Number of the document, from 1: several Gathers of one document are one question. */
  readonly document: number;
  /** Keys typed at the question before are still coming: they are pressed here, before any others. */
  readonly typedAhead: boolean;
}

export type CallEvent =
  | ({ readonly kind: 'request'; readonly at: number } & LineRequest)
  | { readonly kind: 'said'; readonly at: number; readonly utterance: Utterance; readonly recording?: string }
  | { readonly kind: 'paused'; readonly at: number; readonly seconds: number; readonly beforeRedirect: boolean }
  | Listening
  /** `cut`: a first key cuts prompts short, so many milliseconds before their end. */
  | { readonly kind: 'pressed'; readonly at: number; readonly key: string; readonly cut?: number }
  | { readonly kind: 'spoke'; readonly at: number; readonly words: string }
  /** A Gather ended without keys. */
  | { readonly kind: 'unanswered'; readonly at: number }
  | { readonly kind: 'dialled'; readonly at: number; readonly to: DialTarget; readonly outcome: DialOutcome }
  | { readonly kind: 'queued'; readonly at: number; readonly queue: string; readonly result: QueueResult }
  | CallEnded;

export interface CallEnded {
  readonly kind: 'ended';
  readonly at: number;
  /** `line`: a Hangup verb or the end of a document; `elsewhere`: a Redirect handed the call to another service. */
  readonly by: 'caller' | 'line' | 'elsewhere';
  /** Where it was handed over to. */
  readonly url?: string;
}

/** What the caller does at a listening question: keys at their times, or words, and then perhaps hangs up. */
export interface Presses {
  readonly keys: readonly KeyPress[];
  /** Said after the prompts; a question that does not listen for words does not hear them. */
  readonly words?: string;
  readonly hangUp?: boolean;
}

/** The next document, or null when the URL belongs to another service, which has the call from now on. */
export type Document = readonly Verb[] | null;
