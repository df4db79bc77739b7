import { isExternal } from '../../blocks/code-service.ts';
import { inMinutes } from '../../verification/code.ts';
import type { CallflowFile, Project } from '../project.ts';
import { maskedInWriting } from '../../verification/mask.ts';
import { wordedFor, type Worded } from './worded.ts';

/** What an email has besides its text: a subject of its own language, and the same text as HTML. */
export const EMAIL_SUBJECT = 'email-subject';
export const EMAIL_HTML = 'email-html';

/** The methods whose codes go out in a message. */
export const CARRIERS = ['email', 'sms'] as const;

/** The messages that a callflow sends, in every language that it speaks; codes of another system are not in ours. */
export function sentMessages(file: CallflowFile, project: Project): readonly Worded[] {
  const { blocks, settings } = file.callflow;
  if (isExternal(file.callflow)) return [];
  if (![...blocks.values()].some(({ verb }) => verb === 'send-code')) return [];
  return [...file.wordings.keys()].flatMap((locale) => {
    const worded = wordedFor(file, project, { locale, kind: 'message' });
    const sent = settings.methods.flatMap((method) => (method === 'email' ? [method, EMAIL_HTML] : [method]));
    return sent.flatMap((name) => worded.get(name) ?? []);
  });
}

/** A message as it is sent under the settings of a callflow, with this code in it. */
export function asSent({ wording, key }: Worded, { callflow }: CallflowFile, code: string): string {
  const { digits, lasts } = callflow.settings.code;
  const destination = maskedInWriting(key === 'sms' || key === 'voice' ? '+12025550100' : 'ana@example.test');
  return wording.write({
    code,
    digits,
    minutes: inMinutes(lasts),
    destination,
  });
}
