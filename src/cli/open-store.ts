import { access } from 'node:fs/promises';
import path from 'node:path';
import { STORES } from '../adapters/stores/index.ts';
import type { Store } from '../core/contracts/store.ts';
import { DialproofError } from '../core/errors.ts';
import { readEnvironment, type RawEnvironment } from './environment.ts';
import { readSecretKeys } from './serve/secrets.ts';

/**
 * The store that the server with this environment uses, beside it. Never a new one: what is written there would be
 * read by nobody. @throws DialproofError `settings-invalid`, `store-key-mismatch` or `store-unavailable`
 */
export async function openServersStore(raw: RawEnvironment): Promise<Store> {
  const environment = readEnvironment(raw);
  const file = path.join(environment.DATA_DIR, 'dialproof.db');
  try {
    await access(file);
  } catch (error) {
    throw new DialproofError('settings-invalid', `There is no store in DATA_DIR (${environment.DATA_DIR}).`, {
      fix: 'Run this where the server runs, with the same DATA_DIR; a new server makes its store at its first start (`npm start`).',
      cause: error,
    });
  }
  const { store } = await STORES.sqlite({ path: file, secretKeys: await readSecretKeys(environment) });
  return store;
}
