import type { Store } from '../core/contracts/store.ts';
import type { Given } from '../core/scenario/scenario-schema.ts';

/** What a task asks of the store first. */
const FIRST_ASKED = {
  'find-methods': 'chargeLookup',
  'send-code': 'chargeSend',
  'verify-code': 'chargeAttempt',
} as const satisfies Readonly<Record<Given['breaks'][number], keyof Store>>;

/** The store, away whenever these tasks ask for it. */
export function withFaults(store: Store, breaks: Given['breaks']): Store {
  if (breaks.length === 0) return store;
  const away = (): Promise<never> => Promise.reject(new Error('away, as the scenario has it'));
  const broken = Object.fromEntries(breaks.map((task) => [FIRST_ASKED[task], away]));
  return new Proxy(store, {
    get: (target, name) => {
      const found: unknown =
        typeof name === 'string' && Object.hasOwn(broken, name) ? broken[name] : Reflect.get(target, name);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}
