import { lockValues } from '../../call/lock-messages.ts';
import { smsLength } from '../../sms-length.ts';
import { FAILURES_PER_LOCK, FAILURES_UNTIL_OFF } from '../../verification/lock.ts';
import type { CallflowFile, Project } from '../project.ts';
import type { Rule } from './rule.ts';
import { asSent, lockMessagesOf, sentMessages } from './sent-messages.ts';
import { wordedFor, type Worded } from './worded.ts';

/** A text message fits one SMS (L18): a longer one is not sent. */
export const longTextMessage: Rule = {
  code: 'CF323',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    for (const { text, sent } of textMessages(file, project)) {
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

interface TextMessage {
  readonly text: Worded;
  readonly sent: string;
}

/** Those with codes, and the notice of a lock, whichever way it ends. */
function textMessages(file: CallflowFile, project: Project): readonly TextMessage[] {
  const code = '0'.repeat(file.callflow.settings.code.digits);
  const codes = sentMessages(file, project).filter(({ key }) => key === 'sms');
  const notices = [...file.wordings.keys()].flatMap(
    (locale) => wordedFor(file, project, { locale, kind: 'message' }).get('locked-sms') ?? [],
  );
  return [
    ...codes.map((text) => ({ text, sent: asSent(text, file, code) })),
    ...(lockMessagesOf(file.callflow).length === 0 ? [] : notices).map((text) => ({ text, sent: longest(text) })),
  ];
}

function longest({ wording }: Worded): string {
  const [one = '', other = ''] = [FAILURES_PER_LOCK, FAILURES_UNTIL_OFF].map((n) => wording.write(lockValues(n)));
  const left = (text: string): number => {
    const { units, most } = smsLength(text);
    return most - units;
  };
  return left(one) < left(other) ? one : other;
}
