/** The part of the store that keeps the authenticator applications of accounts (D8). Times are milliseconds of the wall clock. */
export interface AuthenticatorStore {
  /** Keeps one that is good for nothing until it is confirmed. */
  addAuthenticator(authenticator: {
    /** Random; a name for operators, no secret. */
    readonly id: string;
    /** Canonical account id; stored as a keyed hash. */
    readonly account: string;
    /** Sealed; nobody sees it again but whoever checks codes. */
    readonly secret: Uint8Array;
    readonly now: number;
  }): Promise<void>;
  /** All that are known of an account, oldest first: unconfirmed and revoked ones as well. */
  authenticatorsOf(account: string): Promise<readonly Authenticator[]>;
  /**
   * From here on its codes count, those of later steps than `step`: the code that confirmed it has been used. False
   * where it is unknown, revoked or confirmed already. What changes revokes the devices of its account.
   */
  confirmAuthenticator(authenticator: {
    readonly id: string;
    readonly step: number;
    readonly now: number;
  }): Promise<boolean>;
  /** For good, and its secret and the devices of its account are gone. False where it is unknown or revoked already. */
  revokeAuthenticator(id: string, now: number): Promise<boolean>;
}

export interface Authenticator {
  readonly id: string;
  /** Null once it is revoked. */
  readonly secret: Uint8Array | null;
  readonly enrolledAt: number;
  readonly confirmedAt: number | null;
  readonly revokedAt: number | null;
  /** The newest time step whose code was accepted: only later ones are good (RFC 6238, 5.2). */
  readonly lastStep: number;
}

/** That a code of an authenticator was right: it counts once, and only if no later step was accepted before. */
export interface AuthenticatorProof {
  readonly authenticator: string;
  readonly step: number;
}

/** An authenticator whose codes count. */
export type LiveAuthenticator = Authenticator & { readonly secret: Uint8Array };

export function isLive(authenticator: Authenticator): authenticator is LiveAuthenticator {
  const { secret, confirmedAt, revokedAt } = authenticator;
  return secret !== null && confirmedAt !== null && revokedAt === null;
}
