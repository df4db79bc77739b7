import type { Failure } from './record.ts';

/** A scenario does not hold. */
export class Failed extends Error {
  override readonly name = 'Failed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.instead);
    this.failure = failure;
  }
}
