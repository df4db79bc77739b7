import type { Method } from '../method.ts';
import type { Budget, ChargeKey } from './codes.ts';

/** Telling the holder of an account that wrong codes have locked it. */
export interface NoticeStore {
  /** Whether the notice may go out: once under its key, while all its budgets last. It is no send of the call. */
  chargeNotice(charge: NoticeCharge): Promise<NoticeCharged>;
  /** Writes down that it did not go out, once; gives the budgets back where the connection was never accepted. */
  noticeFailed(failure: NoticeFailure): Promise<void>;
}

interface Notice {
  /** That of the attempt that has locked the account. */
  readonly key: ChargeKey;
  readonly now: number;
  /** Canonical; stored as a keyed hash. */
  readonly account: string;
  readonly method: Method;
  readonly masked: string;
}

export interface NoticeCharge extends Notice {
  readonly budgets: readonly Budget[];
}

export type NoticeCharged =
  | { readonly kind: 'charged' }
  /** This very key was charged before: the notice may have gone out, and is not repeated. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'over-budget'; readonly budget: string };

export interface NoticeFailure extends Notice {
  /** For operators, in a word: no address, number or code in it. */
  readonly outcome: string;
  readonly accepted: boolean;
}
