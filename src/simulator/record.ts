import type { Place } from '../core/callflow/finding.ts';
import type { Method } from '../core/method.ts';
import type { Step } from '../core/scenario/scenario-schema.ts';
import type { Reply } from '../core/contracts/turns.ts';
import type { PathTaken } from '../core/call/world.ts';
import type { CallEvent } from '../telephone/call-events.ts';
import type { CallSum } from './stage.ts';

/** What happened while a scenario was played. */
export type Happened = Happening & {
  /** The call it happened in, from 1. */
  readonly call: number;
  /** By the telephone's clock, milliseconds since this call began. */
  readonly at: number;
};

export type Happening =
  /** On the line; `prompts`: what was said, by `prompt` or `prompt.variant`. */
  | { readonly kind: 'line'; readonly event: CallEvent; readonly prompts?: readonly string[] }
  /** A reply, as the platform got it; `ms`: how long it took, by the real clock. */
  | { readonly kind: 'reply'; readonly reply: Pick<Reply, 'body'>; readonly ms: number }
  /** A code reached the caller. */
  | { readonly kind: 'got'; readonly method: Method; readonly code: string }
  | { readonly kind: 'later'; readonly ms: number }
  | { readonly kind: 'repeated' | 'locked-elsewhere' | 'redialled' }
  | { readonly kind: 'fallback'; readonly code: number }
  /** A path of a block was taken. */
  | { readonly kind: 'took'; readonly taken: PathTaken }
  /** A fault of ours, which the call survived. */
  | { readonly kind: 'fault'; readonly reason: string }
  /** A step of the scenario was done. */
  | { readonly kind: 'step'; readonly index: number; readonly step: Step }
  | { readonly kind: 'sum'; readonly sum: CallSum };

/** Why a scenario failed. */
export interface Failure {
  /** The step, the end or the rule that does not hold. */
  readonly at: Place;
  /** As it is written, for example `hears: verified`. */
  readonly expected: string;
  /** What happened in its place, as a sentence. */
  readonly instead: string;
  /** What to do. */
  readonly fix: string;
  /** What holds for every call, and did not hold in this one. */
  readonly rule?: string;
}

/** A step as it is written, and where. */
export interface WrittenStep {
  readonly text: string;
  readonly at: Place;
}

/** How a scenario went. */
export interface Played {
  readonly file: string;
  readonly callflow: string;
  readonly name: string;
  readonly at: Place;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  /** Why it was skipped. */
  readonly reason?: string;
  readonly failure?: Failure;
  /** All steps of a scenario that failed; `step` counts in them. */
  readonly steps: readonly WrittenStep[];
  /** Every code that came to the caller: whoever prints what happened masks them. */
  readonly codes: readonly string[];
  /** Of a scenario that failed: the prompts that its steps name, in their order, and what was really heard. */
  readonly expected: readonly string[];
  readonly heard: readonly string[];
  readonly happened: readonly Happened[];
  readonly taken: readonly PathTaken[];
  /** Calls, redials included. */
  readonly calls: number;
  /** By the telephone's clock, milliseconds. */
  readonly lasted: number;
  /** By the real clock, milliseconds. */
  readonly ms: number;
}
