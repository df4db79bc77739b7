import type { Keyring } from '../../../core/contracts/keyring.ts';
import type { Store } from '../../../core/contracts/store.ts';
import type { DialproofError } from '../../../core/errors.ts';
import { migrate, type Dialect } from '../sql/schema.ts';
import { isStoreOf, newestFirst, openVault } from '../sql/store-keys.ts';
import { sqlStore } from '../sql/store.ts';
import { otherStore } from '../unavailable.ts';
import type { Vault } from '../vault.ts';
import { commitQueue, drive } from './commit-queue.ts';
import { connect, type Connection } from './connection.ts';

const dialect: Dialect = { bytes: 'BLOB', integer: 'INTEGER', serial: 'INTEGER PRIMARY KEY', table: 'STRICT' };

export interface SqliteOptions {
  readonly path: string;
  /** Newest first; a store that an older one opens is wrapped for the newest. */
  readonly secretKeys: readonly Uint8Array[];
  /** Hears of every transaction that failed as a whole. */
  readonly onError?: (error: DialproofError) => void;
}

/**
 * The embedded store. Several processes may share the file. Rejects with `store-key-mismatch` when no SECRET_KEY
 * fits, and `store-unavailable` when the file cannot be used.
 */
export async function openSqliteStore(options: SqliteOptions): Promise<{ store: Store; keyring: Keyring }> {
  const secretKeys = newestFirst(options.secretKeys);
  let opened: Vault | null = null;
  const queue = commitQueue(
    () => (opened === null ? connect(options.path) : reconnect(opened, options)),
    options.onError ?? (() => undefined),
  );
  try {
    const vault = await queue.run(function* () {
      yield* migrate(dialect);
      return yield* openVault(secretKeys);
    });
    opened = vault;
    return { store: sqlStore(vault, queue.run, queue.close), keyring: { mac: vault.mac } };
  } catch (error) {
    await queue.close();
    throw error;
  }
}

/**
 * To the same store only: another one, even an empty one of ours, knows of no lock, and what was written there under these
 * keys could be read by nobody.
 */
function reconnect(vault: Vault, { path, secretKeys }: SqliteOptions): Connection {
  const connection = connect(path, { make: false });
  try {
    if (!drive(connection, isStoreOf(vault, secretKeys))) throw otherStore('DATA_DIR');
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}
