import { createInternalCodes } from './internal.ts';

/** Where codes come from, by the name that `code.made-by` gives (G57). */
export const CODE_MAKERS = { internal: createInternalCodes } as const;
