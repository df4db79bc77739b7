import type { Method } from '../method.ts';

export interface Message {
  readonly to: string;
  readonly from: string;
  /** Email only. */
  readonly subject?: string;
  readonly text: string;
  /** Email only: the same as HTML, for readers that show it. */
  readonly html?: string;
  /** Token for delivery reports, 128 bits. */
  readonly report: string;
}

/**
 * How a delivery went; the path of `send-code` has the same name. `sent`: the other side has accepted the message, never
 * before. `unreachable`: later, or another way, it may work. `rejected`: this message was refused. `error`: it cannot
 * be sent like this, a matter of settings or of the destination.
 */
export type Delivered =
  | { readonly outcome: 'sent' }
  | {
      readonly outcome: 'unreachable' | 'rejected' | 'error';
      /** Whether a connection was ever accepted, so that the message may have arrived; where not, budgets are given back. */
      readonly accepted: boolean;
      /** For the log: no address, number or code in it. */
      readonly reason: string;
    };

/**
 * Sends messages by one method. It is asked once for each and never sends again by itself: a message whose answer was
 * lost may have arrived. It keeps a deadline of its own, logs nothing and keeps nothing: the text holds the code. How to
 * add one stands in docs/operators.md.
 */
export interface Delivery {
  readonly method: Method;
  /**
   * The destination in the one spelling that counts, or null when a code may not be sent there. `lines`: the numbers of
   * the call that asks, as the platform gives them.
   */
  canonical(destination: string, lines?: readonly string[]): string | null;
  /** Never rejects: every failure is an outcome. */
  deliver(message: Message): Promise<Delivered>;
}
