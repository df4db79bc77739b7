import { randomInt, timingSafeEqual } from 'node:crypto';
import type { SendCode } from '../../core/call/tasks.ts';
import type { Wording } from '../../core/call/wording.ts';
import type { CodeMaker, EmailWording, PreparedSend } from '../../core/contracts/code-provider.ts';
import type { Delivery, Message } from '../../core/contracts/delivery.ts';
import type { CodeBinding, Keyring } from '../../core/contracts/keyring.ts';
import { TRAITS, type Method } from '../../core/method.ts';
import { inMinutes } from '../../core/verification/code.ts';
import { maskedInWriting } from '../../core/verification/mask.ts';

export interface InternalCodes {
  readonly keyring: Keyring;
  /** A method that is missing cannot be sent by. */
  readonly deliveries: ReadonlyMap<Method, Delivery>;
}

/**
 * Codes that we make and deliver ourselves (G9). Only their keyed hash is kept; it covers everything the code is good
 * for, so that a code fails for any other challenge, call, account or method.
 */
export function createInternalCodes({ keyring, deliveries }: InternalCodes): CodeMaker {
  const mac = (binding: CodeBinding, code: string): string =>
    keyring.mac('code', [binding.challenge, binding.call, binding.account, binding.method, code]);
  return {
    destination: ({ method, value, lines }) => Promise.resolve(deliveries.get(method)?.canonical(value, lines) ?? null),
    prepare(task, wording, email = {}) {
      const delivery = deliveries.get(task.method as Method);
      if (delivery === undefined || wording === undefined || task.code.lasts === null) return null;
      if (TRAITS[delivery.method].code === 'told') return prepareCall(delivery, task, task.code.lasts);
      const code = makeCode(task.code.digits);
      return {
        leaves: true,
        lasts: task.code.lasts,
        mac: (binding) => mac(binding, code),
        send: (report) => deliver(delivery, task, { report, ...written(code, task, { ...email, text: wording }) }),
      } satisfies PreparedSend;
    },
    judge: ({ binding, challenge, code }) =>
      Promise.resolve({ verdict: sameText(mac(binding, code), challenge.mac) ? 'right' : 'wrong' }),
    make(binding, digits) {
      const code = makeCode(digits);
      return { code, mac: mac(binding, code) };
    },
  };
}

/** Nothing equals an empty hash: until the person called presses the key there is no code, and every entry is wrong. */
function prepareCall(delivery: Delivery, task: SendCode, lasts: number): PreparedSend | null {
  if (task.from === '') return null;
  return {
    leaves: true,
    lasts,
    mac: () => '',
    tells: { digits: task.code.digits, key: String(randomInt(1, 10)) },
    send: (report) => deliver(delivery, task, { report, text: '' }),
  };
}

/** `digits` random decimal digits, leading zeros included: all of them equally likely. */
export function makeCode(digits: number): string {
  return String(randomInt(0, 10 ** digits)).padStart(digits, '0');
}

type Content = Pick<Message, 'subject' | 'text' | 'html'>;

/** The message with the code in it. A subject in the language of the call takes the place of the settings' one (G67). */
function written(code: string, task: SendCode, words: EmailWording & { readonly text: Wording }): Content {
  const { destination, subject: fixed } = task;
  const { digits, lasts } = task.code;
  const values = { digits, minutes: inMinutes(lasts), destination: maskedInWriting(destination) };
  const text = words.text.write({ ...values, code });
  if (task.method !== 'email') return { text };
  const subject = words.subject?.write(values).replaceAll(/\s+/g, ' ').trim() ?? fixed;
  return { subject, text, ...(words.html === undefined ? {} : { html: words.html.write({ ...values, code }) }) };
}

async function deliver(
  delivery: Delivery,
  { destination: to, from }: SendCode,
  message: Content & Pick<Message, 'report'>,
): ReturnType<PreparedSend['send']> {
  const delivered = await delivery.deliver({ ...message, to, from });
  if (delivered.outcome === 'sent') return { path: 'sent' };
  const { outcome: path, ...failure } = delivered;
  return { path, failure };
}

/** Takes as long for texts that differ early as for texts that differ late. */
function sameText(made: string, kept: string): boolean {
  const [one, other] = [Buffer.from(made), Buffer.from(kept)];
  return one.length === other.length && timingSafeEqual(one, other);
}
