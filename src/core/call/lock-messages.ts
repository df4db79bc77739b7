import { inMinutes } from '../verification/code.ts';
import { FAILURES_UNTIL_OFF, LOCK_LASTS } from '../verification/lock.ts';
import { readWording, type Wording } from './wording.ts';

/** What the holder of an account is told when wrong codes have locked it: by email, else by text message. */
export const LOCK_MESSAGES = ['locked-email', 'locked-email-subject', 'locked-sms'] as const;

export type LockMessage = (typeof LOCK_MESSAGES)[number];

/** What they may name: `opens` is `later`, or `never` for a lock that only an operator opens; `minutes` is for the first. */
export const LOCK_VALUES = ['opens', 'minutes'] as const;

export function isLockMessage(message: string): message is LockMessage {
  return LOCK_MESSAGES.some((name) => name === message);
}

/** The values in a message about the lock after so many failures in a row. */
export function lockValues(failures: number): Readonly<Record<(typeof LOCK_VALUES)[number], string | number>> {
  return failures >= FAILURES_UNTIL_OFF
    ? { opens: 'never', minutes: '' }
    : { opens: 'later', minutes: inMinutes(LOCK_LASTS) };
}

/** As the shipped standard prompts have them, for projects whose standard prompts are older. A text message is one SMS. */
const BUILT_IN: Readonly<Record<'en' | 'es', Readonly<Record<LockMessage, string>>>> = {
  en: {
    'locked-email-subject': 'Wrong security codes on the telephone',
    'locked-email': `Somebody who called us has entered wrong security codes for your account several times in a row.

{opens, select, later {To protect you, we accept no codes for {minutes} minutes. After that, codes work again.} other {To protect you, we accept no codes until we have spoken with you. Please call us.}}
If it was not you, please tell us: call us on a number that you know.
Never tell anybody a code. Enter it only when you have called us yourself.
`,
    'locked-sms':
      'Wrong codes were entered for you by phone several times. {opens, select, later {We accept none for {minutes} minutes.} other {We accept none until you call us.}} Not you? Call us on a number you know. Never tell anybody a code.',
  },
  es: {
    'locked-email-subject': 'Códigos de seguridad incorrectos por teléfono',
    'locked-email': `Alguien que nos ha llamado ha introducido varias veces seguidas códigos de seguridad incorrectos para su cuenta.

{opens, select, later {Para protegerle, no aceptamos códigos durante {minutes} minutos. Después volverán a funcionar.} other {Para protegerle, no aceptamos códigos hasta que hayamos hablado con usted. Llámenos, por favor.}}
Si no ha sido usted, avísenos, por favor: llame a un número nuestro que ya conozca.
No diga nunca un código a nadie. Introdúzcalo solo cuando nos haya llamado usted.
`,
    'locked-sms':
      'Se han marcado varias claves incorrectas en su nombre. {opens, select, later {Durante {minutes} minutos no valen.} other {No valen hasta que nos llame.}} ¿No ha sido usted? Llame al teléfono que conoce. No comparta sus claves.',
  },
};

/** What every prompt file of a locale builds on; nothing in a language that we do not speak. */
export function builtInLockMessages(locale: string): ReadonlyMap<string, Wording> {
  const [language = ''] = locale.split('-');
  const texts = language === 'en' || language === 'es' ? Object.entries(BUILT_IN[language]) : [];
  return new Map(texts.map(([name, text]) => [name, readWording(text, locale)]));
}

/** What is said where neither the language of the call nor the default one has words for it. */
export function lockMessageInEnglish(message: LockMessage): Wording {
  return readWording(BUILT_IN.en[message], 'en-US');
}
