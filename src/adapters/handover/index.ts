import { tokenInAddress } from './token-in-address.ts';

/** How another application learns what a call comes with. */
export const HANDOVERS = { query: tokenInAddress } as const;
