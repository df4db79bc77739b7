import type { Incoming } from '../core/call/input.ts';

/** One authenticated request of a voice platform, as the channel read it. */
export interface Webhook {
  /** Empty when the request named none that can be used. */
  readonly call: string;
  /** The number that was dialled. */
  readonly to: string;
  /** The number that calls; empty where it is withheld. */
  readonly from: string;
  /** The platform says that the call is over. */
  readonly over: boolean;
  readonly incoming: Incoming;
  /** The platform's name of this request, which its repeats carry as well; empty where it gives none. */
  readonly token: string;
}
