/**
 * The part of the store that keeps the browsers which users asked us to remember. Times are milliseconds of the wall
 * clock. A device is a series of tokens, each good until the next one takes its place; the store keeps only keyed hashes.
 */
export interface DeviceStore {
  /**
   * Keeps a device. Where the account has `most` already, those that were seen last the longest ago are revoked
   * (`too-many`) to make room. Nothing is kept while the account is locked, nor where it may have none.
   */
  rememberDevice(device: NewDevice): Promise<void>;
  /**
   * Tells a device by its token and puts `next` in the token's place, all or nothing. An older token of a series is
   * answered as it was for `DEVICE_GRACE`, since a browser asks twice at once; after that somebody has copied it, and
   * the whole series is revoked (`reused`) and audited.
   */
  recogniseDevice(seen: DeviceSeen): Promise<Recognised>;
  /**
   * That a sign-in on this device has passed. With `authorised`, its user has just proved who they are: the browser is
   * trusted as it is now.
   */
  noteSignIn(note: {
    readonly id: string;
    readonly now: number;
    readonly authorised: { readonly fingerprint: string } | null;
  }): Promise<void>;
  /** All that are known of an account, newest first: revoked and expired ones as well. */
  devicesOf(account: string): Promise<readonly Device[]>;
  /** Revokes the devices of an account, or the one of this id; answers with how many that were. */
  revokeDevices(revoke: {
    readonly account: string;
    readonly id?: string;
    readonly now: number;
    readonly why: RevokeReason;
  }): Promise<number>;
}

/** How long a token is still answered after another has taken its place, milliseconds. */
export const DEVICE_GRACE = 10_000;

/**
 * Why a device is no longer trusted. `locked` and `factor-changed` are the store's own: it revokes the devices of an
 * account in the transaction that locks it, and when an authenticator is confirmed or revoked.
 */
export type RevokeReason = 'asked' | 'locked' | 'factor-changed' | 'reused' | 'too-many';

export interface NewDevice {
  /** Random; a name for operators, no secret. */
  readonly id: string;
  /** Canonical account id; stored as a keyed hash. */
  readonly account: string;
  /** 128 random bits or more; stored as a keyed hash. */
  readonly token: string;
  /** Tells a changed browser (E7); stored as a keyed hash. Empty where none is known. */
  readonly fingerprint: string;
  /** What its user may know it by, for example `Chrome 1.2.3 on Windows`; sealed. */
  readonly name: string;
  readonly now: number;
  readonly expiresAt: number;
  /** Devices that one account may have; 0 for none. */
  readonly most: number;
}

export interface DeviceSeen {
  readonly token: string;
  readonly account: string;
  readonly fingerprint: string;
  /** The token that takes the place of this one. */
  readonly next: string;
  readonly now: number;
}

export type Recognised =
  /** No such token, or its series has expired or is revoked, or its account is locked. */
  | { readonly kind: 'unknown' }
  /** It is another user's: nothing is rotated, nothing revoked. */
  | { readonly kind: 'of-another' }
  /** A token that was replaced longer ago than `DEVICE_GRACE`: its series has just been revoked. */
  | { readonly kind: 'reused' }
  | {
      readonly kind: 'known';
      /** As it was before. */
      readonly device: Device;
      /** Whether the browser is the one that was remembered, by its fingerprint: it can lower trust, never grant it. */
      readonly sameBrowser: boolean;
      /** False within the grace: the browser has its new token from the request before. */
      readonly rotated: boolean;
    };

export interface Device {
  readonly id: string;
  readonly name: string;
  readonly rememberedAt: number;
  readonly expiresAt: number;
  /** The last sign-in on it that passed (E21). */
  readonly lastSignInAt: number;
  /** When its user last proved who they are on it (E21). */
  readonly lastAuthorisedAt: number;
  readonly revokedAt: number | null;
  readonly revokedWhy: RevokeReason | null;
}
