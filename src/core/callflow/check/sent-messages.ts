import { isExternal } from '../../blocks/code-service.ts';
import { CALL_MESSAGES } from '../../call/call-messages.ts';
import { LOCK_MESSAGES, type LockMessage } from '../../call/lock-messages.ts';
import type { Callflow } from '../callflow.ts';
import { inMinutes } from '../../verification/code.ts';
import type { CallflowFile, Project } from '../project.ts';
import { isMethod, METHODS, TRAITS } from '../../method.ts';
import { offeredMethods } from '../../settings.ts';
import { maskedInWriting } from '../../verification/mask.ts';
import { wordedFor, type Worded } from './worded.ts';

/** What an email has besides its text: a subject of its own language, and the same text as HTML. */
export const EMAIL_SUBJECT = 'email-subject';
export const EMAIL_HTML = 'email-html';

/** The methods whose codes go out in a message. */
export const CARRIERS = METHODS.filter((method) => TRAITS[method].code === 'written');

/** The names of the messages that a callflow sends or, in a call that tells a code, says; that one needs a number to come from. */
export function messagesOf(callflow: Callflow): readonly string[] {
  if (isExternal(callflow) || ![...callflow.blocks.values()].some(({ verb }) => verb === 'send-code')) return [];
  const offered = offeredMethods(callflow.settings);
  const told = offered.some((method) => TRAITS[method].code === 'told');
  return [...CARRIERS.filter((method) => offered.includes(method)), ...(told ? Object.keys(CALL_MESSAGES) : [])];
}

/** The messages to the holders of the accounts that a callflow verifies: wrong codes lock them. */
export function lockMessagesOf(callflow: Callflow): readonly LockMessage[] {
  return [...callflow.blocks.values()].some(({ verb }) => verb === 'verify-code') ? LOCK_MESSAGES : [];
}

/** The messages with codes that a callflow sends, in every language that it speaks; codes of another system are not in ours. */
export function sentMessages(file: CallflowFile, project: Project): readonly Worded[] {
  const names = messagesOf(file.callflow);
  return [...file.wordings.keys()].flatMap((locale) => {
    const worded = wordedFor(file, project, { locale, kind: 'message' });
    const sent = names.flatMap((name) => (name === 'email' ? [name, EMAIL_HTML] : [name]));
    return sent.flatMap((name) => worded.get(name) ?? []);
  });
}

/** A message as it is sent under the settings of a callflow, with this code in it. */
export function asSent({ wording, key }: Worded, { callflow }: CallflowFile, code: string): string {
  const { digits, lasts } = callflow.settings.code;
  const destination = maskedInWriting(
    isMethod(key) && TRAITS[key].to === 'number' ? '+12025550100' : 'ana@example.test',
  );
  return wording.write({
    code,
    digits,
    minutes: inMinutes(lasts),
    destination,
  });
}
