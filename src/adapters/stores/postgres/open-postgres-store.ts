import type pg from 'pg';
import type { Keyring } from '../../../core/contracts/keyring.ts';
import type { Store } from '../../../core/contracts/store.ts';
import { DialproofError } from '../../../core/errors.ts';
import { isStoreOf, openVault } from '../sql/store-keys.ts';
import { sqlStore } from '../sql/store.ts';
import { otherStore } from '../unavailable.ts';
import type { Vault } from '../vault.ts';
import { Connected } from './connected.ts';
import { connections } from './connections.ts';
import { unwritable } from './faults.ts';
import { migrate } from './migrate.ts';
import { plainTurns } from './plain-turns.ts';
import { drive } from './drive.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Most connections of this instance at a time. */
  readonly connections: number;
  /** Newest first; a store that an older one opens is wrapped for the newest. */
  readonly secretKeys: readonly [Uint8Array, ...Uint8Array[]];
  /** Hears of everything that PostgreSQL did not do. */
  readonly onError?: (error: DialproofError) => void;
}

/**
 * The store of several instances. Rejects with `store-key-mismatch` when no SECRET_KEY fits, and `store-unavailable` when
 * the database cannot be used.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<{ store: Store; keyring: Keyring }> {
  const { url, secretKeys, onError = () => undefined } = options;
  try {
    await migrate(url);
  } catch (error) {
    throw unwritable(error);
  }
  let opened: Vault | null = null;
  const pool = connections({
    url,
    most: options.connections,
    onConnect: async (client) => {
      if (opened !== null) await isTheSame(client, opened, secretKeys);
    },
  });
  const connected = new Connected(pool, onError);
  try {
    const vault = await connected.run(() => openVault(secretKeys));
    opened = vault;
    return { store: storeOf(connected, vault), keyring: { mac: vault.mac } };
  } catch (error) {
    await connected.close();
    throw error;
  }
}

function storeOf(connected: Connected, vault: Vault): Store {
  const store = sqlStore(vault, (operation) => connected.run(operation), () => connected.close());
  const plain = plainTurns(connected, vault);
  return {
    ...store,
    claimTurn: async (claim) => (await plain.claim(claim)) ?? (await store.claimTurn(claim)),
    saveTurn: async (save) => (await plain.save(save)) ?? (await store.saveTurn(save)),
  };
}

/** Another database knows of no lock: after a failover to one that was empty, everybody could try again. */
async function isTheSame(client: pg.ClientBase, vault: Vault, secretKeys: readonly Uint8Array[]): Promise<void> {
  if (!(await drive(client, isStoreOf(vault, secretKeys)))) throw otherStore('DATABASE_URL');
}
