import type { StepInput } from '../../../core/call/step.ts';

/** Something that may happen next in a call. */
export interface Happening {
  /** `entry`: what the block asks for. */
  readonly kind: 'entry' | 'silence' | 'wrong-key' | 'event';
  /** What the caller does, "press 1", or the event, "the code is right". */
  readonly what: string;
  /** The path that the block takes by it. */
  readonly path: string;
  readonly input: StepInput;
  /** The account that is verified by it. */
  readonly grant?: string;
  /** The less, the more it belongs to a call in which all goes well. */
  readonly cost: number;
}

export const COST = { first: 1, other: 0.1, star: 3, trouble: 10 };
