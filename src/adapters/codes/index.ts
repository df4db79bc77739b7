import { createAuthenticatorCodes } from './authenticator.ts';
import { createExternalCodes } from './external.ts';
import { createInternalCodes } from './internal.ts';

/** Where codes come from: by the name that `code.made-by` gives (G57), or by the method (D8). */
export const CODE_PROVIDERS = {
  internal: createInternalCodes,
  external: createExternalCodes,
  authenticator: createAuthenticatorCodes,
} as const;
