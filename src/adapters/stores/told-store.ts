import type { Store } from '../../core/contracts/store.ts';
import type { Telemetry } from '../../core/contracts/telemetry.ts';

/** The same store, of whose operations operators are told how long each took and which failed. */
export function toldStore(store: Store, telemetry: Telemetry): Store {
  const operations = Object.keys(store) as (keyof Store)[];
  const told = operations.map((operation) => {
    const act = store[operation] as (...given: readonly unknown[]) => Promise<unknown>;
    const work = { kind: 'store', operation } as const;
    return [operation, (...given: readonly unknown[]) => telemetry.during(work, () => act(...given))] as const;
  });
  return { ...(Object.fromEntries(told) as unknown as Store), close: () => store.close() };
}
