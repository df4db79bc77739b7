import type { Keyring } from '../../core/contracts/keyring.ts';
import type { Store } from '../../core/contracts/store.ts';
import { openSqliteStore, type SqliteOptions } from './sqlite/open-sqlite-store.ts';
import type { PostgresOptions } from './postgres/open-postgres-store.ts';

export interface OpenedStore {
  readonly store: Store;
  readonly keyring: Keyring;
}

/** THE list of stores: one line for each. */
export const STORES = {
  sqlite: (options: SqliteOptions): Promise<OpenedStore> => openSqliteStore(options),
  // Its driver is loaded only where it is used.
  postgres: async (options: PostgresOptions): Promise<OpenedStore> =>
    (await import('./postgres/open-postgres-store.ts')).openPostgresStore(options),
} as const;
