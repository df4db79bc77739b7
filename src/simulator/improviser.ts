import type { Step } from '../core/scenario/scenario-schema.ts';
import type { Listening } from '../telephone/call-events.ts';
import type { CallEar } from './call-ear.ts';
import type { Happened } from './record.ts';

/** A question that a caller stands before. */
export interface Question {
  readonly listening: Listening;
  /** What was said since the last request. */
  readonly heard: CallEar['question'];
  /** The call, from 1. */
  readonly call: number;
  readonly happened: readonly Happened[];
}

/** Makes steps up while a call goes on. Played again, they make the same call. */
export interface Improviser {
  /** What the caller does at a question; nothing: hangs up. */
  answer(question: Question): readonly Step[];
  /** What comes after a call. */
  afterCall(): readonly Step[];
}
