import type { Given, Step } from '../../core/scenario/scenario-schema.ts';

/** A generated caller, as data: the same one makes the same call. */
export interface Caller {
  readonly given: Given;
  /** What the caller does first, as a scenario says it. */
  readonly steps: readonly Step[];
  /** What the caller does then, question by question. */
  readonly moves: readonly Move[];
}

/** What is done at a question, whatever it asks. */
export interface Move {
  readonly manner: Manner;
  /** Which of the answers that fit. */
  readonly pick: number;
  readonly before: readonly Step[];
  readonly after: readonly Step[];
}

/**
 * `on`: as the question hopes for; `astray`: not so, for example by a wrong code; `leave`: hangs up and calls again, or
 * calls again after the end.
 */
export const MANNERS = ['on', 'astray', 'key', 'silent', 'leave'] as const;
export type Manner = (typeof MANNERS)[number];
