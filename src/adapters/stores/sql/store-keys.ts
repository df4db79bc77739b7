import { DialproofError } from '../../../core/errors.ts';
import { makeKeys, unwrapKeys, vaultOf, wrapKeys, type Vault } from '../vault.ts';
import { change, first, type Operation } from './operation.ts';

/**
 * The vault of this store: made at the first opening, wrapped anew when an older SECRET_KEY (they come newest first)
 * opened it. Throws `store-key-mismatch` when none does.
 */
export function* openVault(secretKeys: readonly [Uint8Array, ...Uint8Array[]]): Operation<Vault> {
  const row = yield* first<{ wrapped: Uint8Array }>('SELECT wrapped FROM store_keys WHERE id = 1');
  if (!row) {
    const keys = makeKeys();
    yield* change('INSERT INTO store_keys (id, wrapped) VALUES (1, ?)', wrapKeys(keys, secretKeys[0]));
    return vaultOf(keys);
  }
  const { keys, newest } = unwrapKeys(row.wrapped, secretKeys);
  if (!newest) yield* change('UPDATE store_keys SET wrapped = ? WHERE id = 1', wrapKeys(keys, secretKeys[0]));
  return vaultOf(keys);
}

/** The SECRET_KEYs, newest first. @throws DialproofError `settings-invalid` where there is none */
export function newestFirst(secretKeys: readonly Uint8Array[]): readonly [Uint8Array, ...Uint8Array[]] {
  const [newest, ...older] = secretKeys;
  if (newest !== undefined) return [newest, ...older];
  throw new DialproofError('settings-invalid', 'No SECRET_KEY was given, so the store cannot be opened.', {
    fix: 'Set SECRET_KEY to 32 random bytes, for example from: openssl rand -base64 32',
  });
}

/** Whether this is the store that the vault was opened for, and not another one in its place. Throws like `openVault`. */
export function* isStoreOf(vault: Vault, secretKeys: readonly Uint8Array[]): Operation<boolean> {
  const row = yield* first<{ wrapped: Uint8Array }>('SELECT wrapped FROM store_keys WHERE id = 1');
  return row !== undefined && nameOf(vaultOf(unwrapKeys(row.wrapped, secretKeys).keys)) === nameOf(vault);
}

function nameOf(vault: Vault): string {
  return vault.mac('store', []);
}
