import { access } from 'node:fs/promises';
import path from 'node:path';
import { STORES, type OpenedStore } from '../adapters/stores/index.ts';
import type { Store } from '../core/contracts/store.ts';
import { DialproofError } from '../core/errors.ts';
import { readEnvironment, type Environment, type RawEnvironment } from './environment.ts';
import { readSecretKeys } from './serve/secrets.ts';

/** The store that the settings name, made where there is none. @throws DialproofError `store-key-mismatch` or `store-unavailable` */
export function openStore(
  environment: Environment,
  options: {
    readonly secretKeys: readonly Uint8Array[];
    readonly onError?: (error: DialproofError) => void;
    readonly make?: boolean;
  },
): Promise<OpenedStore> {
  const { DATABASE_URL: url, DATABASE_CONNECTIONS: connections } = environment;
  if (url !== undefined) return STORES.postgres({ url, connections, ...options });
  return STORES.sqlite({ path: fileOf(environment), ...options });
}

/**
 * The store that the server with this environment uses, beside it. Never a new one: what is written there would be
 * read by nobody. @throws DialproofError `settings-invalid`, `store-key-mismatch` or `store-unavailable`
 */
export async function openServersStore(raw: RawEnvironment): Promise<Store> {
  const environment = readEnvironment(raw);
  if (environment.DATABASE_URL === undefined) await mustBeThere(environment);
  const secretKeys = await readSecretKeys(environment);
  if (secretKeys.length === 0) throw noKey();
  const { store } = await openStore(environment, { secretKeys, make: false });
  return store;
}

/** A new one would open nothing. */
function noKey(): DialproofError {
  return new DialproofError('settings-invalid', 'No SECRET_KEY was given, so the store cannot be opened.', {
    fix: "Give the SECRET_KEY of the server: run this with the server's settings, as docs/operations/deployment.md shows.",
  });
}

async function mustBeThere(environment: Environment): Promise<void> {
  try {
    await access(fileOf(environment));
  } catch (error) {
    throw new DialproofError('settings-invalid', `There is no store in DATA_DIR (${environment.DATA_DIR}).`, {
      fix: 'Run this where the server runs, with the same DATA_DIR; a new server makes its store at its first start (`npm start`).',
      cause: error,
    });
  }
}

function fileOf({ DATA_DIR }: Environment): string {
  return path.join(DATA_DIR, 'dialproof.db');
}
