import type { Place } from '../core/callflow/finding.ts';
import type { Method } from '../core/method.ts';
import type { PathTaken } from '../core/call/world.ts';
import type { CallEvent } from '../telephone/call-events.ts';
import type { CallSum } from './stage.ts';

/** What happened while a scenario was played, in order; `at` is milliseconds since its first call began. */
export type Happened =
  /** On the line. `at` of these counts from the beginning of their call. */
  | { readonly kind: 'line'; readonly call: number; readonly event: CallEvent; readonly prompts?: readonly string[] }
  /** A reply of the server, as the platform got it; `ms`: how long it took, by the real clock. */
  | { readonly kind: 'reply'; readonly call: number; readonly document: () => string; readonly ms: number }
  /** A code reached the caller. */
  | { readonly kind: 'got'; readonly call: number; readonly method: Method; readonly code: string }
  | { readonly kind: 'later'; readonly ms: number }
  | { readonly kind: 'repeated' | 'fallback' | 'locked-elsewhere' | 'redialled'; readonly call: number }
  /** A path of a block was taken. */
  | { readonly kind: 'took'; readonly call: number; readonly taken: PathTaken }
  /** A fault of ours, which the call survived. */
  | { readonly kind: 'fault'; readonly call: number; readonly reason: string }
  /** A step of the scenario was done. */
  | { readonly kind: 'step'; readonly call: number; readonly index: number }
  | { readonly kind: 'sum'; readonly call: number; readonly sum: CallSum };

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
  /** The prompts that its steps name, in their order, and what was really heard: for the difference. */
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
