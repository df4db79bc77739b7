import type { TurnKey } from '../call/session.ts';
import type { Method } from '../method.ts';
import type { AuthenticatorProof } from './authenticators.ts';
import type { CodeToTell } from './code-calls.ts';

/**
 * `(call, nonce, n)`: n is the ordinal of the task in its turn (`2`, for nbest candidates `2.1`). The same key acts
 * once and answers the same again, also after a crash.
 */
export interface ChargeKey {
  readonly call: string;
  readonly turn: TurnKey;
  readonly entry: number;
  readonly n: string;
}

/** So many sends or look-ups within a time, for one destination, account, prefix, caller and so on. */
export interface Budget {
  readonly name: string;
  /** Stored as a keyed hash. */
  readonly value: string;
  readonly most: number;
  readonly within: number;
}

/** A caller who asks about an account: each account counts once within the time of a budget. */
export interface LookupCharge {
  /** Canonical; stored as a keyed hash. */
  readonly account: string;
  /** Of the caller. */
  readonly budgets: readonly Budget[];
  readonly now: number;
}

export interface SendCharge {
  readonly key: ChargeKey;
  readonly now: number;
  /** Canonical account id. */
  readonly account: string;
  readonly method: Method;
  readonly destination: string;
  readonly masked: string;
  /** Sends per call, all entries together; 0 means none. */
  readonly most: number;
  /** A live code of this call, account, method and destination, younger than this and not tried yet, is not replaced. */
  readonly spacing: number;
  readonly budgets: readonly Budget[];
}

/** In this order where several fit: locked, too-soon, too-many, over-budget. */
export type SendCharged =
  | { readonly kind: 'charged'; readonly sends: number }
  /** This very key was charged before: the effect may have happened, and is not repeated. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'too-soon' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'over-budget'; readonly budget: string };

/** One issued code. `account` and `destination` are stored as keyed hashes, the code only as `mac`. */
export interface NewChallenge {
  readonly id: string;
  readonly call: string;
  readonly account: string;
  readonly method: Method;
  readonly destination: string;
  readonly masked: string;
  readonly mac: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Attempts allowed; 0 means none. */
  readonly attempts: number;
  /** The token that delivery reports of this send come under, 128 bits. */
  readonly report: string;
  /** For a code that a call under this token makes and tells later; `mac` is empty until then. */
  readonly tells?: CodeToTell;
}

/** Why a code was closed, for operators. After `attempts`, later attempts answer `too-many`; after all others, `finished`. */
export type CloseReason =
  | 'attempts'
  | 'expired'
  | 'wrong'
  | 'locked'
  | 'newer'
  | 'send-failed'
  | 'undelivered'
  | 'account-changed'
  | 'abandoned'
  | 'dropped'
  | 'exit'
  | 'ended'
  | 'hang-up'
  | 'silent';

/** What an attempt is compared with. */
export interface LiveChallenge {
  readonly id: string;
  readonly method: Method;
  readonly mac: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface AttemptCharge {
  readonly key: ChargeKey;
  readonly now: number;
  readonly account: string;
}

export type AttemptCharged =
  | {
      readonly kind: 'charged';
      readonly challenge: LiveChallenge;
      /** This attempt's number against this code, from 1. */
      readonly attempt: number;
      readonly most: number;
      /** Failures of the account in a row, this attempt counted as one until it proves right. */
      readonly failures: number;
    }
  /** No live code for this account in this call, or its time is over (it is closed then): no attempt is used. */
  | { readonly kind: 'finished' }
  | { readonly kind: 'too-many' | 'locked' }
  /** This very key has used the code up already: it was right, and is not to be judged again. */
  | { readonly kind: 'granted' };

export interface Consume {
  readonly key: ChargeKey;
  readonly now: number;
  readonly challenge: string;
  readonly account: string;
  /** As the charge of the same key answered. */
  readonly failures: number;
  /** After this time the result would be dropped, so nothing is granted. */
  readonly deadline: number;
  /** What an authenticator's code proved; its step is used up with the grant. */
  readonly proof?: AuthenticatorProof;
}

export type Consumed =
  /** To exactly one key, ever, and again to that key. */
  | { readonly kind: 'granted' }
  /** The proof does not count any more: its step or a later one was accepted before, or its authenticator is revoked. */
  | { readonly kind: 'replayed' }
  | { readonly kind: 'refused' };
