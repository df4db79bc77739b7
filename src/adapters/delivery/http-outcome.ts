import type { Delivered } from '../../core/contracts/delivery.ts';
import type { Exchange } from '../outbound/outbound.ts';

/** The body of the answer is not looked at: who says 2xx has taken the message, also if the rest never comes. */
export function httpOutcome({ connected, status, failure }: Exchange): Delivered {
  if (status === null) return { outcome: 'unreachable', accepted: connected, reason: failure ?? 'no answer' };
  const reason = `HTTP ${status}`;
  if (status >= 500) return { outcome: 'unreachable', accepted: true, reason };
  if (status >= 400) return { outcome: 'rejected', accepted: true, reason };
  if (status >= 300) return { outcome: 'error', accepted: true, reason };
  return { outcome: 'sent' };
}
