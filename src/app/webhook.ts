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
  /** W3C `traceparent`, where the request has one that can be read. */
  readonly parent?: string;
}

/** A start request's address: the callflow and the query that the signature covers. */
export interface Start {
  readonly callflow: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** The webhook that a fallback request says has failed. */
export interface FailedWebhook {
  /** The platform's error code, for example `11200`. */
  readonly code: string;
  /** As the platform gave it. */
  readonly url: string;
  readonly names:
    | { readonly kind: 'start'; readonly start: Start }
    | { readonly kind: 'turn'; readonly nonce: string }
    | { readonly kind: 'recording' }
    | { readonly kind: 'other' };
}
