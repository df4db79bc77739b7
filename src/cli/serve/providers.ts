import { CODE_PROVIDERS } from '../../adapters/codes/index.ts';
import type { Dependencies } from '../../adapters/outbound/dependency.ts';
import type { Parts } from '../../app/parts.ts';
import type { AuthenticatorStore } from '../../core/contracts/authenticators.ts';
import type { Clock } from '../../core/contracts/clock.ts';
import type { Keyring } from '../../core/contracts/keyring.ts';
import type { WebService } from '../../core/contracts/web-service.ts';
import type { LoadedLibrary } from '../../core/callflow/library.ts';
import type { Environment } from '../environment.ts';
import { createDeliveries } from './deliveries.ts';

export interface ProviderParts {
  readonly environment: Environment;
  readonly keyring: Keyring;
  readonly publicUrl: string;
  readonly dependencies: Dependencies;
  readonly webService: WebService;
  readonly store: AuthenticatorStore;
  readonly clock: Clock;
}

/** Where codes come from, for each library, made once: a call sends as the library says that it is in. */
export function providersByLibrary(parts: ProviderParts): Parts['providers'] {
  const { environment, keyring, publicUrl, dependencies, webService, store, clock } = parts;
  const server = { publicUrl, dependencies };
  const made = new WeakMap<LoadedLibrary, ReturnType<Parts['providers']>>();
  const external = CODE_PROVIDERS.external({ webService });
  const authenticator = CODE_PROVIDERS.authenticator({ store, now: () => clock.now() });
  return (library) => {
    const before = made.get(library);
    if (before !== undefined) return before;
    const deliveries = createDeliveries(environment, library, server);
    const providers = {
      internal: CODE_PROVIDERS.internal({ keyring, deliveries }),
      external,
      authenticator,
      deliveries,
    };
    made.set(library, providers);
    return providers;
  };
}
