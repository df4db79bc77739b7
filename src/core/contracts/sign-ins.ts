/**
 * The part of the store that keeps web sign-ins on their way: from the answer 101 to the ticket that the platform
 * redeems. Times are milliseconds of the wall clock; tokens and tickets are kept as keyed hashes only.
 */
export interface SignInStore {
  openSignIn(signIn: NewSignIn): Promise<void>;
  /** Notes in the audit trail that a user was let in without a code, as the policy exempts (E26). */
  noteExemption(exemption: { readonly call: string; readonly account: string; readonly now: number }): Promise<void>;
  /**
   * The sign-in of a page token. The first browser that comes with it has it from then on; another one is told apart
   * (`of-another`), whatever it asks.
   */
  visitSignIn(visit: {
    readonly token: string;
    readonly browser: string;
    /** BCP 47; that of the first visit is kept. */
    readonly locale: string;
    readonly now: number;
  }): Promise<Visited>;
  /** Keeps whether the browser is to be remembered: what its user said last. */
  wishSignIn(wish: { readonly token: string; readonly remember: boolean }): Promise<void>;
  /**
   * Ends it as passed, and keeps the ticket. `again`, since browsers ask twice: the new ticket takes the place of one that
   * nobody has redeemed. False where one was redeemed or has become void, where the sign-in has expired, its account is
   * locked, or what proves it is a code of another account.
   */
  passSignIn(pass: {
    readonly token: string;
    readonly ticket: string;
    readonly ticketExpiresAt: number;
    /** Seconds that the authorisation is good for (E16). */
    readonly ttl: number;
    readonly now: number;
    /** By a code: its call has to hold a grant for the account that signs in. */
    readonly byCode: boolean;
  }): Promise<Passed>;
  /** Uses a ticket up; null where it is unknown, used, expired, or its account has been locked since. */
  redeemTicket(redeem: { readonly ticket: string; readonly now: number }): Promise<Redeemed | null>;
}

export interface NewSignIn {
  /** 128 random bits or more: the address of its page. */
  readonly token: string;
  /** The call of the turn engine that it is; stands in the clear, so it must not tell the token. */
  readonly call: string;
  /** Canonical account id; stored as a keyed hash. */
  readonly account: string;
  /** As the platform wrote it; sealed. */
  readonly user: string;
  /** Where the browser goes afterwards; sealed. */
  readonly returnTo: string;
  /** Of the browser, as the platform told it (E7); sealed. */
  readonly fingerprint: string;
  /** What its user may know the browser by; sealed. */
  readonly browserName: string;
  readonly now: number;
  readonly expiresAt: number;
}

export interface SignIn extends Omit<NewSignIn, 'now'> {
  /** The language of its pages. */
  readonly locale: string;
  readonly remember: boolean;
  /** It has passed already. */
  readonly isPassed: boolean;
}

export type Visited =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'of-another' }
  | { readonly kind: 'open'; readonly signIn: SignIn };

export type Passed = 'first' | 'again' | false;

export interface Redeemed {
  readonly user: string;
  readonly ttl: number;
}
