import type { Claimed } from '../core/contracts/turns.ts';

/** What telemetry calls a turn whose claim was not won. */
export const OUTCOME_OF_CLAIM: Readonly<Record<Exclude<Claimed['kind'], 'won' | 'answered'>, string>> = {
  saved: 'repeated',
  again: 'repeated',
  busy: 'busy',
  moved: 'moved',
  unknown: 'unknown',
  ended: 'ended',
  unclaimed: 'ended',
};
