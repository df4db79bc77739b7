import { CODE_PROVIDERS } from '../../adapters/codes/index.ts';
import type { Parts } from '../../app/parts.ts';
import type { Keyring, WebService } from '../../core/contracts.ts';
import type { LoadedLibrary } from '../../core/callflow/library.ts';
import type { Environment } from '../environment.ts';
import { createDeliveries } from './deliveries.ts';

export interface ProviderParts {
  readonly environment: Environment;
  readonly keyring: Keyring;
  readonly publicUrl: string;
  readonly webService: WebService;
}

/** Where codes come from, for each library, made once: a call sends as the library says that it is in. */
export function providersByLibrary({ environment, keyring, publicUrl, webService }: ProviderParts): Parts['providers'] {
  const made = new WeakMap<LoadedLibrary, ReturnType<Parts['providers']>>();
  const external = CODE_PROVIDERS.external({ webService });
  return (library) => {
    const providers = made.get(library) ?? {
      internal: CODE_PROVIDERS.internal({ keyring, deliveries: createDeliveries(environment, library, publicUrl) }),
      external,
    };
    made.set(library, providers);
    return providers;
  };
}
