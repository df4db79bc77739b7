/** When a web sign-in needs a code: the section `sign-in` of a callflow. Milliseconds, but for `ttl`. */
export interface SignInPolicy {
  /** Seconds that an authorisation is good for, 0 to 86,400 (E16). */
  readonly ttl: number;
  readonly askAgain: {
    /** Without a sign-in on the device for so long, a code is asked for (E21). */
    readonly afterNoSignIn: number;
    /** So long after the last code on the device, another one is asked for (E21). */
    readonly afterAuthorisation: number;
    /** Whether a browser that is not as it was remembered is asked for a code (E7). */
    readonly whenBrowserChanges: boolean;
  };
  readonly devices: {
    /** How long a browser is remembered; 0 for never. At most 30 days. */
    readonly remembered: number;
    /** Devices in use of one user (E1). */
    readonly most: number;
  };
  /** Time of day (E1); null for any. */
  readonly hours: Hours | null;
  /** Users of web services for integration (E25, E26): by user and network, both. */
  readonly exempt: readonly Exemption[];
}

export interface Hours {
  /** IANA, for example `Europe/London`. */
  readonly zone: string;
  /** Minutes after midnight; `to` before `from` goes over midnight. */
  readonly from: number;
  readonly to: number;
  /** 1 Monday to 7 Sunday: the days that the hours begin on. */
  readonly days: readonly number[];
  /** What happens outside of them. */
  readonly otherwise: 'ask' | 'refuse';
}

export interface Exemption {
  /** Canonical. */
  readonly user: string;
  /** CIDR, for example `10.1.0.0/16` or `2001:db8::/32`. */
  readonly networks: readonly string[];
}

export interface SignInRequest {
  /** Canonical. */
  readonly user: string;
  /** The address that the request came from; empty where it is not known. */
  readonly address: string;
  readonly now: number;
  /** The device, where its token was told; null for any other browser. */
  readonly device: {
    readonly lastSignInAt: number;
    readonly lastAuthorisedAt: number;
    readonly sameBrowser: boolean;
  } | null;
  /** The minute of the week in the zone of `hours`, 0 at Monday midnight: a zone is the outside's business. */
  readonly minuteOfWeek: number | null;
}

export type SignInDecision =
  | { readonly kind: 'authorised'; readonly why: 'exempt' | 'known-device' }
  | {
      readonly kind: 'ask';
      readonly why: 'no-device' | 'no-sign-in-for-long' | 'authorised-long-ago' | 'browser-changed' | 'outside-hours';
    }
  | { readonly kind: 'refuse'; readonly why: 'outside-hours' };
