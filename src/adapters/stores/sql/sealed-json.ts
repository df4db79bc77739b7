import type { Vault } from '../vault.ts';

/** Where a sealed value stands (its call first, then its row), and what type stands there. */
export interface Place<T> {
  readonly at: readonly string[];
  /** Never set: it ties what is opened at a place to what is sealed there. */
  readonly holds?: T;
}

export function sealJson<T>(vault: Vault, value: T, place: Place<T>): Uint8Array {
  return vault.seal(Buffer.from(JSON.stringify(value), 'utf8'), place.at);
}

/** Throws when the bytes were changed or come from another place. */
export function openJson<T>(vault: Vault, sealed: Uint8Array, place: Place<T>): T {
  const value: T = JSON.parse(Buffer.from(vault.open(sealed, place.at)).toString('utf8'));
  return value;
}
