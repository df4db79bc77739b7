import type pg from 'pg';
import type { Keyring } from '../../../core/contracts/keyring.ts';
import type { Store } from '../../../core/contracts/store.ts';
import { DialproofError } from '../../../core/errors.ts';
import { first, type Operation } from '../sql/operation.ts';
import { isStoreOf, newestFirst, openVault } from '../sql/store-keys.ts';
import { sqlStore } from '../sql/store.ts';
import { otherStore } from '../unavailable.ts';
import type { Vault } from '../vault.ts';
import { Connected } from './connected.ts';
import { connections } from './connections.ts';
import { unopenable } from './faults.ts';
import { migrate } from './migrate.ts';
import { drive } from './drive.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Most connections of this instance at a time. */
  readonly connections: number;
  /** Newest first; a store that an older one opens is wrapped for the newest. */
  readonly secretKeys: readonly Uint8Array[];
  /** False: only one that is there already; an empty one in its place would know of no lock. */
  readonly make?: boolean;
  /** Hears of everything that PostgreSQL did not do. */
  readonly onError?: (error: DialproofError) => void;
}

/**
 * The store of several instances. Rejects with `store-key-mismatch` when no SECRET_KEY fits, and `store-unavailable` when
 * the database cannot be used.
 */
export async function openPostgresStore(options: PostgresOptions): Promise<{ store: Store; keyring: Keyring }> {
  const { url, make = true, onError = () => undefined } = options;
  const secretKeys = newestFirst(options.secretKeys);
  if (make) await migrate(url);
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
    if (!make && !(await connected.run(hasKeys))) throw noStore();
    const vault = await connected.run(() => openVault(secretKeys));
    opened = vault;
    return { store: sqlStore(vault, connected.run, () => connected.close()), keyring: { mac: vault.mac } };
  } catch (error) {
    await connected.close();
    const isFault = error instanceof DialproofError && error.code === 'store-unavailable' && error.cause !== undefined;
    throw isFault ? unopenable(error.cause) : error;
  }
}

/** Whether there is a store here at all. */
function* hasKeys(): Operation<boolean> {
  const tables = yield* first(
    "SELECT 1 AS there FROM pg_tables WHERE tablename = 'store_keys' AND schemaname = ANY (current_schemas(false))",
  );
  return tables !== undefined && (yield* first('SELECT 1 AS there FROM store_keys WHERE id = 1')) !== undefined;
}

function noStore(): DialproofError {
  return new DialproofError('settings-invalid', 'There is no store at DATABASE_URL.', {
    fix: 'Give the DATABASE_URL of the server; a new server makes its store at its first start (`npm start`).',
  });
}

/** Another database knows of no lock: after a failover to one that was empty, everybody could try again. */
async function isTheSame(client: pg.ClientBase, vault: Vault, secretKeys: readonly Uint8Array[]): Promise<void> {
  if (!(await drive(client, isStoreOf(vault, secretKeys)))) throw otherStore('DATABASE_URL');
}
