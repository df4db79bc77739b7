import fc from 'fast-check';
import type { Store } from '../../../../src/core/contracts/store.ts';
import type { AttemptCharge, NewChallenge } from '../../../../src/core/contracts/codes.ts';
import type { NewDevice } from '../../../../src/core/contracts/devices.ts';
import type { ClaimWon, TurnClaim } from '../../../../src/core/contracts/turns.ts';
import { DAY, HOUR, MINUTE, SECOND, T0 } from '../../../contracts/store/caller.ts';

/** What has come of the steps so far; the same for both stores, for their answers are. */
export class Play {
  now: number = T0;
  /** Every turn that was won; the last is the newest that was not saved yet. */
  readonly won: { readonly claim: TurnClaim; readonly answer: ClaimWon }[] = [];
  /** Of each call, the nonces that saved replies have issued, newest first. */
  readonly nonces = new Map<string, string[]>();
  /** The code that was opened last. */
  newest: Pick<NewChallenge, 'call' | 'id' | 'account' | 'method' | 'report'> | null = null;
  /** The attempt that was charged last. */
  tried: Pick<AttemptCharge, 'key' | 'account'> | null = null;

  /** Of devices, the tokens that were told, newest first. */
  readonly deviceTokens: Pick<NewDevice, 'token' | 'account'>[] = [];
  /** The tokens of sign-ins, newest first. */
  readonly pages: string[] = [];

  private names = 0;

  fresh(what: string): string {
    this.names += 1;
    return `${what}-${this.names}`;
  }

  noncesOf(call: string): string[] {
    const known = this.nonces.get(call) ?? [];
    this.nonces.set(call, known);
    return known;
  }
}

/** One operation that both stores are asked for. */
export interface Step {
  readonly operation: keyof Store;
  /** How time goes on before it, milliseconds; negative where the clock is set back. */
  readonly later: number;
  /** Makes the question, once for both. */
  readonly ask: (play: Play) => Question;
}

export interface Question {
  readonly of: (store: Store) => Promise<unknown>;
  /** Learns from the answer. */
  readonly heard?: (answer: unknown) => void;
}

/** Mostly no time at all; sometimes so much that codes, leases, locks, windows, calls or what is kept of them are over. */
const LATER = fc.oneof(
  { weight: 160, arbitrary: fc.constant(0) },
  { weight: 30, arbitrary: fc.constantFrom(SECOND, 9 * SECOND, 20 * SECOND) },
  { weight: 6, arbitrary: fc.constantFrom(MINUTE, 5 * MINUTE, 30 * MINUTE, HOUR) },
  { weight: 1, arbitrary: fc.constantFrom(4 * HOUR, 25 * HOUR, 100 * DAY) },
  { weight: 3, arbitrary: fc.constantFrom(-1, -20 * SECOND, -HOUR, -DAY) },
);

/** A step of an operation: `ask` gets what was drawn, and is shown with it where a run fails. */
export function stepOf<Drawn>(
  operation: keyof Store,
  drawn: fc.Arbitrary<Drawn>,
  ask: (drawn: Drawn, play: Play) => Question | Question['of'],
): fc.Arbitrary<Step> {
  return fc.tuple(drawn, LATER).map(([what, later]) => ({
    operation,
    later,
    ask(play) {
      const question = ask(what, play);
      return typeof question === 'function' ? { of: question } : question;
    },
    [fc.toStringMethod]: () => `${operation} ${later} ms later: ${fc.stringify(what)}`,
  }));
}

export const CALLS = ['CA1', 'CA2', 'CA3'];
export const ACCOUNTS = ['ana', 'ben', ''];

/** Mostly the first: where everything happens in one call and account, there is more to remember. */
export const aCall = fc.oneof(
  { weight: 6, arbitrary: fc.constant('CA1') },
  { weight: 2, arbitrary: fc.constantFrom(...CALLS) },
);
export const anAccount = fc.oneof(
  { weight: 6, arbitrary: fc.constant('ana') },
  { weight: 2, arbitrary: fc.constantFrom(...ACCOUNTS) },
);
/** A few, so that the same one comes again. */
export const aKey = fc.record({
  call: aCall,
  turn: fc.constantFrom('x', 'y', 'z').map((nonce) => ({ kind: 'turn', nonce }) as const),
  entry: fc.constant(1),
  n: fc.constantFrom('1', '2', '2.1'),
});
export const aMethod = fc.constantFrom('sms', 'voice', 'authenticator');
const BUDGETS = [
  { name: 'destination', value: '+12025550123', most: 2, within: 10 * MINUTE },
  { name: 'account', value: 'ana', most: 3, within: HOUR },
  { name: 'none', value: '', most: 0, within: HOUR },
  { name: 'global', value: '', most: 5, within: DAY },
];
export const someBudgets = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  { weight: 5, arbitrary: fc.subarray(BUDGETS) },
);
