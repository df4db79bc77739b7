import { randomInt, timingSafeEqual } from 'node:crypto';
import type { SendCode } from '../../core/call/tasks.ts';
import type { Wording } from '../../core/call/wording.ts';
import type { CodeMaker, PreparedSend } from '../../core/code-provider.ts';
import type { CodeBinding, Delivery, Keyring } from '../../core/contracts.ts';
import type { Method } from '../../core/method.ts';
import { inMinutes } from '../../core/verification/code.ts';

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
    prepare(task, wording) {
      const delivery = deliveries.get(task.method as Method);
      if (delivery === undefined || wording === undefined || task.code.lasts === null) return null;
      if (task.method === 'voice') return prepareCall(delivery, task, task.code.lasts);
      const code = makeCode(task.code.digits);
      return {
        leaves: true,
        lasts: task.code.lasts,
        mac: (binding) => mac(binding, code),
        send: (report) => deliver(delivery, { task, report, text: textWith(code, task, wording) }),
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
    send: (report) => deliver(delivery, { task, report, text: '' }),
  };
}

/** `digits` random decimal digits, leading zeros included: all of them equally likely. */
export function makeCode(digits: number): string {
  return String(randomInt(0, 10 ** digits)).padStart(digits, '0');
}

function textWith(code: string, { code: { digits, lasts } }: SendCode, wording: Wording): string {
  return wording.write({ code, digits, minutes: inMinutes(lasts) });
}

async function deliver(
  delivery: Delivery,
  { task, text, report }: { readonly task: SendCode; readonly text: string; readonly report: string },
): ReturnType<PreparedSend['send']> {
  const { destination: to, from, subject } = task;
  const delivered = await delivery.deliver({ to, from, subject, text, report });
  if (delivered.outcome === 'sent') return { path: 'sent' };
  const { outcome: path, ...failure } = delivered;
  return { path, failure };
}

/** Takes as long for texts that differ early as for texts that differ late. */
function sameText(made: string, kept: string): boolean {
  const [one, other] = [Buffer.from(made), Buffer.from(kept)];
  return one.length === other.length && timingSafeEqual(one, other);
}
