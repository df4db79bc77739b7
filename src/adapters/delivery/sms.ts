import type { Delivered, Delivery, Message } from '../../core/contracts/delivery.ts';
import { smsLength } from '../../core/sms-length.ts';
import { canonicalNumber, type NumberRules } from './destination.ts';

/**
 * What all ways to send SMS have in common: which numbers get codes, and that a code is one message long (L18). What
 * breaks a rule is `error`, and nothing is asked of anybody; `send` gets the rest, `to` in its canonical spelling.
 */
export function createSms(numbers: NumberRules, send: (message: Message) => Promise<Delivered>): Delivery {
  const canonical = (destination: string): string | null => canonicalNumber(destination, numbers, 'sms');
  return {
    method: 'sms',
    canonical,
    async deliver(message) {
      const to = canonical(message.to);
      if (to === null) return unsent('the recipient is not a number that codes may go to');
      const { units, most } = smsLength(message.text);
      if (units > most) return unsent(`the text takes ${units} of ${most} characters of an SMS`);
      return send({ ...message, to });
    },
  };
}

function unsent(reason: string): Delivered {
  return { outcome: 'error', accepted: false, reason };
}
