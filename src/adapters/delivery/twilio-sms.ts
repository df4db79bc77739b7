import type { Delivery } from '../../core/contracts/delivery.ts';
import type { NumberRules } from './destination.ts';
import { createSms } from './sms.ts';
import { createTwilioApi, type TwilioApiSettings } from './twilio-api.ts';

export interface TwilioSmsSettings {
  readonly api: TwilioApiSettings;
  readonly numbers: NumberRules;
  /** Where the delivery report of the send with this token goes, an absolute URL. */
  readonly reportUrl: (report: string) => string;
}

/** SMS through Twilio's REST interface. Throws `settings-invalid` when the settings cannot be used. */
export function createTwilioSms({ api, numbers, reportUrl }: TwilioSmsSettings): Delivery {
  const twilio = createTwilioApi(api);
  return createSms(numbers, ({ to, from, text, report }) =>
    twilio.post('Messages', { To: to, From: from, Body: text, StatusCallback: reportUrl(report) }),
  );
}
