import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { matchStep, uriOf } from '../../adapters/codes/totp.ts';
import type { AuthenticatorStore } from '../../core/contracts/authenticators.ts';
import type { Output } from '../call/screen.ts';
import { qrCode } from './qr-code.ts';

/** 160 bits, as RFC 4226 (section 4, R6) recommends. */
const SECRET_BYTES = 20;
const ID_BYTES = 8;
const TRIES = 3;

export interface Enrolment {
  readonly store: AuthenticatorStore;
  /** Canonical. */
  readonly account: string;
  /** The name that the application shows beside the account. */
  readonly issuer: string;
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: Output;
  /** The wall clock, milliseconds. */
  readonly now: () => number;
}

/** `wrong`: three codes were not those of the application; `given-up`: the input ended; nothing that counts is left. */
export type Enrolled = 'enrolled' | 'wrong' | 'given-up' | 'interrupted';

/** Shows a new secret once, and has it count when a code proves that an application holds it. */
export async function enrolAccount({ store, account, issuer, input, output, now }: Enrolment): Promise<Enrolled> {
  const secret = randomBytes(SECRET_BYTES);
  const id = randomBytes(ID_BYTES).toString('hex');
  const uri = uriOf(secret, { issuer, account });
  await store.addAuthenticator({ id, account, secret, now: now() });
  output.write(`${qrCode(uri, output)}\n\n${uri}\n\nScan the code with the application, or open the address there.\n`);
  const step = await askForCode({ input, output }, (code) => matchStep(secret, code, { now: now(), after: 0 }));
  if (typeof step === 'number' && (await store.confirmAuthenticator({ id, step, now: now() }))) {
    output.write(`Enrolled: ${id}. Callers with this account can use its next code.\n`);
    return 'enrolled';
  }
  await store.revokeAuthenticator(id, now());
  return typeof step === 'number' ? 'wrong' : step;
}

type Asked = number | Exclude<Enrolled, 'enrolled'>;

/** Asks up to three times; answers with the time step of the right code. */
async function askForCode(
  { input, output }: Pick<Enrolment, 'input' | 'output'>,
  stepOf: (code: string) => number | null,
): Promise<Asked> {
  const lines = createInterface({ input, output, terminal: input.isTTY === true });
  const answers = lines[Symbol.asyncIterator]();
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    lines.close();
  };
  lines.on('SIGINT', interrupt);
  process.once('SIGINT', interrupt);
  try {
    for (let left = TRIES; left > 0; left--) {
      lines.setPrompt(left === TRIES ? 'Code that it shows now: ' : 'That is not its code. Code that it shows now: ');
      lines.prompt();
      const answer = await answers.next();
      if (answer.done === true) return interrupted ? 'interrupted' : 'given-up';
      const step = stepOf(answer.value.replaceAll(/\s/g, ''));
      if (step !== null) return step;
    }
    return 'wrong';
  } finally {
    process.off('SIGINT', interrupt);
    lines.close();
  }
}
