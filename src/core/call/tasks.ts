import type { Method } from '../method.ts';

/**
 * The side effects that a block may ask for, as data. The app has one handler for each: a new entry here does not
 * compile until it exists.
 */
export type Task = FindMethods | SendCode | VerifyCode | CallService;

/** `url` is null when the one that this kind of call needs is not set (D16). */
export interface ServiceCall {
  readonly url: string | null;
  readonly method: 'GET' | 'POST';
  readonly timeout: number;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface FindMethods {
  readonly type: 'find-methods';
  readonly madeBy: MadeBy;
  /** Canonical; empty when the account variable is. */
  readonly account: string;
  readonly service: ServiceCall;
  /** The methods that the callflow offers, in the order callers hear them. */
  readonly methods: readonly Method[];
  /** Destinations that are set already: used where the service names a method without a value (G39). */
  readonly known: { readonly email: string; readonly phone: string; readonly voice: string };
  /** The destinations that are set are the methods, and no service is asked (L20). */
  readonly sharedState: boolean;
  /** The variables that a found value is put into (G38). */
  readonly variables: { readonly email: string; readonly phone: string };
}

/** Who makes, sends and checks codes (G57). */
export type MadeBy = 'internal' | 'external';

export interface SendCode {
  readonly type: 'send-code';
  readonly account: string;
  readonly method: string;
  readonly destination: string;
  readonly code: {
    readonly madeBy: MadeBy;
    readonly digits: number;
    /** Milliseconds; null where another system decides (D7). */
    readonly lasts: number | null;
    readonly attempts: number;
  };
  /** Send Authentication Code (G40), for external codes. */
  readonly service: ServiceCall | null;
  /** Whether that service is called for the authenticator, too (D2). */
  readonly sendForAuthenticator: boolean;
  /** The path of each status of the block's own, in lower case (G43). */
  readonly statuses: Readonly<Record<string, string>>;
  /** Sends per call. */
  readonly most: number;
  /** Milliseconds. */
  readonly spacing: number;
  readonly from: string;
  readonly subject: string;
  /** The callflow and locale whose wording carries the code. */
  readonly wording: { readonly callflow: string; readonly locale: string };
}

export interface VerifyCode {
  readonly type: 'verify-code';
  readonly account: string;
  readonly madeBy: MadeBy;
  /** What is tried, best first: one, or as many as `try-nbest` says (D10). */
  readonly candidates: readonly string[];
  /** Code Authentication (G44), for external codes; without what is tried. */
  readonly service: ServiceCall | null;
  /** The parameter that carries what is tried: `authCode_nbest1` (G45). */
  readonly parameter: string;
  /** The path of each status of the block's own, in lower case (G47). */
  readonly statuses: Readonly<Record<string, string>>;
  readonly afterWrong: 'ask-again' | 'new-code';
  /** Sends per call: with none left, nothing new is promised. */
  readonly mostSends: number;
  readonly holder: AccountHolder;
}

/** Who is told that wrong codes have locked the account. */
export interface AccountHolder {
  /** Verified contact methods that a message may go to, best first. */
  readonly contacts: readonly {
    readonly method: Method;
    readonly destination: string;
    readonly from: string;
  }[];
  /** The callflow and locale whose wording tells it. */
  readonly wording: { readonly callflow: string; readonly locale: string };
}

export interface CallService {
  readonly type: 'service';
  /** As the callflow calls it. */
  readonly name: string;
  readonly service: ServiceCall;
  /** The path of each status, by `statusKey`. */
  readonly paths: Readonly<Record<string, string>>;
  /** The path of any other answer, and of none. */
  readonly failed: string;
  /** Variables, and where in the answer their values stand (`textAt`). */
  readonly receive: Readonly<Record<string, string>>;
}
