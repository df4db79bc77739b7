import { smsLength } from '../../sms-length.ts';
import type { Rule } from './rule.ts';
import { asSent, sentMessages } from './sent-messages.ts';

/** A text message fits one SMS (L18): a longer one is not sent. */
export const longTextMessage: Rule = {
  code: 'CF323',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    for (const text of sentMessages(file, project)) {
      if (text.key !== 'sms') continue;
      const sent = asSent(text, file, '0'.repeat(file.callflow.settings.code.digits));
      const { units, most } = smsLength(sent);
      if (units <= most) continue;
      const outside = Array.from(sent).find((character) => smsLength(character).most < 160);
      const at = outside === undefined ? -1 : text.written.indexOf(outside);
      const shorter = `Shorten it by ${units - most}`;
      yield {
        at: at < 0 ? text.file.yaml.place(text.path) : text.file.yaml.placeIn(text.path, at),
        message: `This text message takes ${units} characters as it is sent, and ${most} fit.`,
        fix:
          outside === undefined
            ? `${shorter}. These count two: ^ { } \\ [ ] ~ | €.`
            : `${shorter}, or write it without "${outside}" and the like: with the basic alphabet of SMS alone, 160 fit.`,
      };
    }
  },
};
