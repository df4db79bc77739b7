import type { Delivery } from '../../src/core/contracts/delivery.ts';
import { createOutbound } from '../../src/adapters/outbound/outbound.ts';
import { canonicalNumber, type NumberRules } from '../../src/adapters/delivery/destination.ts';
import { httpOutcome } from '../../src/adapters/delivery/http-outcome.ts';

export interface BridgeSettings {
  readonly url: string;
  readonly token: string;
  /** Deadline of the whole exchange, milliseconds. */
  readonly timeout: number;
  /** Where the bridge may be besides public addresses, `host` or `host:port`. */
  readonly hosts: readonly string[];
  readonly numbers: NumberRules;
}

/** Codes through a bridge of our own that takes JSON. */
export function createBridge({ url, token, timeout, hosts, numbers }: BridgeSettings): Delivery {
  const outbound = createOutbound(hosts);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const canonical = (destination: string): string | null => canonicalNumber(destination, numbers, 'sms');
  return {
    method: 'sms',
    canonical,
    async deliver({ to: written, from, text }) {
      const to = canonical(written);
      if (to === null) return { outcome: 'error', accepted: false, reason: 'no number that codes may go to' };
      const body = JSON.stringify({ to, from, text });
      return httpOutcome(await outbound.exchange({ method: 'POST', url: new URL(url), headers, body, timeout }));
    },
  };
}
