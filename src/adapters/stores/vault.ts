import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { Keyring } from '../../core/contracts/keyring.ts';
import { DialproofError } from '../../core/errors.ts';
import { randomBytes } from '../random-bytes.ts';

/** Seals what a store keeps and hashes what it looks up, under two keys that are made once per store. */
export interface Vault extends Keyring {
  readonly mac: Keyring['mac'];
  /** AES-256-GCM, bound to `place` (call and turn): it opens nowhere else. */
  readonly seal: (plain: Uint8Array, place: readonly string[]) => Uint8Array;
  /** Throws when the bytes were changed, or were sealed for another place. */
  readonly open: (sealed: Uint8Array, place: readonly string[]) => Uint8Array;
}

/** Where something is sealed: what it is bound to, and its key. */
interface Place {
  readonly bound: Uint8Array;
  readonly key: Uint8Array;
}

/** So many are remembered. */
const PLACES = 1_000;
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LENGTH_BYTES = 4;
const WRAPPED_FOR = framed(['dialproof store keys']);

/** Two fresh random keys, data key first, as {@link wrapKeys} and {@link vaultOf} take them. */
export function makeKeys(): Uint8Array {
  return randomBytes(2 * KEY_BYTES);
}

export function vaultOf(keys: Uint8Array): Vault {
  const dataKey = keys.subarray(0, KEY_BYTES);
  const hashKey = keys.subarray(KEY_BYTES);
  const purposes = new Map<string, Uint8Array>();
  function purposeKey(purpose: string): Uint8Array {
    const known = purposes.get(purpose);
    if (known) return known;
    const made = derive(hashKey, `mac ${purpose}`);
    purposes.set(purpose, made);
    return made;
  }
  const places = new Map<string, Place>();
  /** A key for each place: random IVs under one key for all would wear it out after 2^32 messages (SP 800-38D 8.3). */
  function placeOf(parts: readonly string[]): Place {
    const name = JSON.stringify(parts);
    const known = places.get(name);
    if (known) return known;
    const bound = framed(parts);
    const made = { bound, key: createHmac('sha256', dataKey).update(bound).digest() };
    // What is opened is sealed again in a moment.
    if (places.size === PLACES) places.clear();
    places.set(name, made);
    return made;
  }
  return {
    seal(plain, parts) {
      const { key, bound } = placeOf(parts);
      return encrypt(key, plain, bound);
    },
    open(sealed, parts) {
      const { key, bound } = placeOf(parts);
      return decrypt(key, sealed, bound);
    },
    mac: (purpose, parts) => createHmac('sha256', purposeKey(purpose)).update(framed(parts)).digest('base64url'),
  };
}

export function wrapKeys(keys: Uint8Array, secretKey: Uint8Array): Uint8Array {
  return encrypt(derive(secretKey, 'wrap'), keys, WRAPPED_FOR);
}

/**
 * The keys, and whether the newest (first) of the SECRET_KEYs opened them. Throws `store-key-mismatch` when none does.
 */
export function unwrapKeys(
  wrapped: Uint8Array,
  secretKeys: readonly Uint8Array[],
): { keys: Uint8Array; newest: boolean } {
  for (const [index, secretKey] of secretKeys.entries()) {
    try {
      return { keys: decrypt(derive(secretKey, 'wrap'), wrapped, WRAPPED_FOR), newest: index === 0 };
    } catch {
      continue;
    }
  }
  throw new DialproofError(
    'store-key-mismatch',
    secretKeys.length === 1
      ? 'The SECRET_KEY given does not open this store.'
      : `None of the ${secretKeys.length} SECRET_KEYs given opens this store.`,
    {
      fix: 'Set SECRET_KEY to the key the store was made with; to change it, give both: SECRET_KEY=<new>,<old>.',
    },
  );
}

function derive(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), `dialproof ${purpose}`, KEY_BYTES));
}

/** Each part after its length, so that no two lists of parts read the same. */
function framed(parts: readonly string[]): Uint8Array {
  const all = Buffer.allocUnsafe(parts.reduce((sum, part) => sum + LENGTH_BYTES + Buffer.byteLength(part), 0));
  let at = 0;
  for (const part of parts) {
    const length = all.write(part, at + LENGTH_BYTES);
    all.writeUInt32BE(length, at);
    at += LENGTH_BYTES + length;
  }
  return all;
}

function encrypt(key: Uint8Array, plain: Uint8Array, bound: Uint8Array): Uint8Array {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(bound);
  const body = cipher.update(plain);
  // In this mode nothing is left for the end; what is asked for there is the tag.
  cipher.final();
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: Uint8Array, sealed: Uint8Array, bound: Uint8Array): Uint8Array {
  const iv = sealed.subarray(0, IV_BYTES);
  const tag = sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(bound).setAuthTag(tag);
  const plain = decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES));
  // Throws where the tag is another one.
  decipher.final();
  return plain;
}
