import type { HandOver, HandedOverBy } from '../call/way.ts';

/** Makes the address by which a call is handed over to another application, and what proves to it who did. */
export interface Handover {
  address(over: HandOver, from: HandedOverBy): Promise<string>;
}
