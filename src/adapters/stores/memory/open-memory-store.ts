import type { Keyring } from '../../../core/contracts/keyring.ts';
import type { Store } from '../../../core/contracts/store.ts';
import { DialproofError } from '../../../core/errors.ts';
import { makeKeys, vaultOf } from '../vault.ts';
import { emptyMemory, type Memory } from './memory.ts';
import { memoryStore } from './store.ts';

const KEYRING: Keyring = vaultOf(makeKeys());

/** A store in memory, and what it keeps, for whoever looks. */
export interface OpenedMemory {
  readonly store: Store;
  readonly keyring: Keyring;
  readonly memory: Memory;
}

/**
 * A store for simulated calls, a fresh one for each. **Never for real ones**: its counts, locks and grants end with the
 * process, and another process knows nothing of them. That is why it does not stand in the list of stores (`STORES`).
 * All of a process share one keyring, unless one is given: making a key takes longer than all the rest.
 */
export function openMemoryStore({ keyring = KEYRING }: { readonly keyring?: Keyring } = {}): OpenedMemory {
  const memory = emptyMemory();
  let isClosed = false;
  const store = memoryStore(memory, keyring, {
    // Nothing waits inside an operation, so each is alone.
    async run(operation) {
      if (isClosed) throw closed();
      return operation();
    },
    async close() {
      isClosed = true;
    },
  });
  return { store, keyring, memory };
}

function closed(): DialproofError {
  return new DialproofError('store-unavailable', 'The store is closed.', { fix: 'Open another one.' });
}
