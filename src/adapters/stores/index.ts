import type { Keyring } from '../../core/contracts/keyring.ts';
import type { Store } from '../../core/contracts/store.ts';
import { openSqliteStore, type SqliteOptions } from './sqlite/open-sqlite-store.ts';

/** THE list of stores: one line for each. */
export const STORES = {
  sqlite: openSqliteStore,
} as const satisfies Record<string, (options: SqliteOptions) => Promise<{ store: Store; keyring: Keyring }>>;
