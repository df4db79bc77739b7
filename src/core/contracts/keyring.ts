import type { Method } from '../method.ts';

/** Keyed hashes under a key that lives as long as the store. */
export interface Keyring {
  /** base64url HMAC-SHA-256 under a key of its own for each purpose; the parts cannot run into each other. */
  mac(purpose: string, parts: readonly string[]): string;
}

/** Everything a code is good for; it fails for anything else. */
export interface CodeBinding {
  readonly challenge: string;
  readonly call: string;
  readonly account: string;
  readonly method: Method;
}
