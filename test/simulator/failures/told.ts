/** A scenario that must fail, and what is told of it. */
export interface Told {
  readonly title: string;
  /** What stands before `scenarios:`; calls to two-factor unless it says so. */
  readonly head?: string;
  /** The lines of the scenario after its name. */
  readonly lines: readonly string[];
  /** The line that is shown: its number in `lines` from 1, 0 for the name, or a line of the head. */
  readonly at: number | string;
  readonly expected: string;
  /** Parts of what is told. */
  readonly instead: string;
  readonly fix: string;
}

export const TWO_FACTOR = `callflow: two-factor
given: { customer: { email: ana@example.test, sms: "+12025550156" } }
`;
