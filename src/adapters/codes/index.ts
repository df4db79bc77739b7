import { createExternalCodes } from './external.ts';
import { createInternalCodes } from './internal.ts';

/** Where codes come from, by the name that `code.made-by` gives (G57). */
export const CODE_PROVIDERS = { internal: createInternalCodes, external: createExternalCodes } as const;
