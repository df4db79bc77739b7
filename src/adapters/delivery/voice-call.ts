import type { Delivery } from '../../core/contracts/delivery.ts';
import { canonicalNumber, isLineOf, type NumberRules } from './destination.ts';
import { createTwilioApi, type TwilioApiSettings } from './twilio-api.ts';

export interface VoiceCallSettings {
  readonly api: TwilioApiSettings;
  readonly numbers: NumberRules;
  /** Where the call with this token is led once it is answered, and reported to once it is over; an absolute URL. */
  readonly callUrl: (token: string) => string;
}

/** How long it rings, whole seconds: less than most voicemail boxes let it. */
const RINGS_FOR = 20;

/**
 * Codes by telephone call, placed through Twilio's REST interface. No code is in the request: it is made when the person
 * called presses the key. Never to a number of the call that asks: whoever holds that telephone would let themselves in.
 * Throws `settings-invalid` when the settings cannot be used.
 */
export function createVoiceCall({ api, numbers, callUrl }: VoiceCallSettings): Delivery {
  const twilio = createTwilioApi(api);
  const canonical = (destination: string, lines: readonly string[] = []): string | null => {
    const number = canonicalNumber(destination, numbers, 'voice');
    return number === null || lines.some((line) => isLineOf(number, line)) ? null : number;
  };
  return {
    method: 'voice',
    canonical,
    async deliver({ to, from, report }) {
      const number = canonical(to);
      if (number === null)
        return { outcome: 'error', accepted: false, reason: 'the recipient is not a number that codes may go to' };
      return twilio.post('Calls', {
        To: number,
        From: from,
        Url: callUrl(report),
        Method: 'POST',
        StatusCallback: callUrl(report),
        StatusCallbackMethod: 'POST',
        StatusCallbackEvent: 'completed',
        Timeout: String(RINGS_FOR),
      });
    },
  };
}
