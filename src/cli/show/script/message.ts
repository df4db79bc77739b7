import { lockMessageInEnglish, lockValues, type LockMessage } from '../../../core/call/lock-messages.ts';
import { FAILURES_PER_LOCK } from '../../../core/verification/lock.ts';
import type { Flow } from '../../../core/callflow/compile.ts';
import type { Library } from '../../../core/call/step.ts';
import type { Wording } from '../../../core/call/wording.ts';
import { inMinutes } from '../../../core/verification/code.ts';
import { maskedInWriting } from '../../../core/verification/mask.ts';
import type { Moment } from './moment.ts';
import { SAMPLE_DIGITS, sampleMethods } from './sample-caller.ts';
import type { Line } from './screenplay.ts';

type Message = Extract<Line, { readonly kind: 'message' }>;

/** The message that the send-code block at this moment sends; none for a method that sends none. */
export function messageOf({ next }: Moment, library: Library): readonly Message[] {
  if (next.kind !== 'perform' || next.task.type !== 'send-code') return [];
  const { method, subject, wording } = next.task;
  const wordings = library.flow(wording.callflow)?.wordings;
  const messages = (wordings?.get(wording.locale) ?? wordings?.get(library.defaultLocale))?.messages;
  const message = messages?.get(method);
  if (message === undefined) return [];
  const own = messages?.get('email-subject');
  return [written(method, message, { ...next.task.code, subject, own, destination: next.task.destination })];
}

/** Every message that a callflow sends. */
export function messagesOf(
  { callflow, verifies, wordings }: Flow,
  { library, locale }: { readonly library: Library; readonly locale: string },
): readonly Message[] {
  const { messages } = wordings.get(locale) ?? wordings.get(library.defaultLocale) ?? {};
  const { code, messages: senders } = callflow.settings;
  const sent = { ...code, subject: senders.email?.subject ?? '', own: messages?.get('email-subject') };
  return sampleMethods({ callflow, wordings }, library.defaultLocale).flatMap(({ method, destination }) => {
    const message = verifies ? messages?.get(method) : undefined;
    return message === undefined ? [] : [written(method, message, { ...sent, destination })];
  });
}

/** What the holder of an account is told when wrong codes lock it. */
export function lockNoticesOf(
  { callflow, verifies, wordings }: Flow,
  { library, locale }: { readonly library: Library; readonly locale: string },
): readonly Message[] {
  const { messages } = wordings.get(locale) ?? wordings.get(library.defaultLocale) ?? {};
  const { messages: senders } = callflow.settings;
  if (!verifies) return [];
  const text = (name: LockMessage): string =>
    (messages?.get(name) ?? lockMessageInEnglish(name)).write(lockValues(FAILURES_PER_LOCK));
  const email: Message = {
    kind: 'message',
    method: 'email',
    text: `${text('locked-email-subject')}\n${text('locked-email')}`,
  };
  return [
    ...(senders.email === undefined ? [] : [email]),
    ...(senders.sms === undefined ? [] : [{ kind: 'message', method: 'sms', text: text('locked-sms') } as const]),
  ];
}

interface Sent {
  readonly digits: number;
  readonly lasts: number | null;
  /** As the settings say. */
  readonly subject: string;
  /** The subject in the language of the call. */
  readonly own: Wording | undefined;
  readonly destination: string;
}

function written(method: string, message: Wording, { digits, lasts, own, ...sent }: Sent): Message {
  const destination = maskedInWriting(sent.destination);
  const values = { code: SAMPLE_DIGITS.slice(0, digits), digits, minutes: inMinutes(lasts), destination };
  const text = message.write(values);
  const subject = own?.write(values) ?? sent.subject;
  return { kind: 'message', method, text: method === 'email' && subject !== '' ? `${subject}\n${text}` : text };
}
