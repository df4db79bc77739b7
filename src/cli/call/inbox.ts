import { DialproofError } from '../../core/errors.ts';
import type { CodeToken } from '../../telephone/keys.ts';
import type { Codes } from '../../telephone/scripted-caller.ts';
import type { DemoCall } from './demo-api.ts';

const POLL_MS = 50;
const PATIENCE_MS = 5_000;
/** A time step of an authenticator, and a moment. */
const STEP_MS = 32_000;

export interface InboxOptions {
  readonly read: () => Promise<DemoCall | null>;
  readonly wait: (ms: number) => Promise<unknown>;
}

/** The messages that the person on the telephone has got in this call. */
export interface Inbox {
  /** Messages that have come since it was asked before. */
  readonly arrivals: () => Promise<DemoCall['messages']>;
  readonly all: () => Promise<DemoCall['messages']>;
  /** @throws DialproofError `code-not-found` */
  readonly codes: Codes;
}

export function inbox({ read, wait }: InboxOptions): Inbox {
  let shown = 0;
  let applicationShown = false;
  let used = 0;

  /**
   * Codes of the call, oldest first, once a message that may be on its way has come or 5 s are over. An authenticator
   * has its next code in half a minute at the latest.
   */
  async function settledCodes(): Promise<readonly string[]> {
    for (let waited = 0; ; waited += POLL_MS) {
      const call = await read();
      if (call === null) throw notFound('The server has no demo inbox, or it does not know this call.');
      const codes = call.messages.flatMap(({ code }) => code ?? []);
      const newest = call.messages.at(-1);
      const application = newest?.method === 'authenticator' ? newest : null;
      const settled =
        application === null ? codes.length > used || codes.length >= call.sends : application.code !== null;
      if (settled || waited >= (application === null ? PATIENCE_MS : STEP_MS)) return codes;
      await wait(POLL_MS);
    }
  }

  const all = async (): Promise<DemoCall['messages']> => (await read())?.messages ?? [];

  return {
    all,
    arrivals: async () => {
      const messages = await all();
      const sent = messages.filter(({ method }) => method !== 'authenticator');
      const application = messages.filter(({ method }) => method === 'authenticator');
      const fresh = [...sent.slice(shown), ...(applicationShown ? [] : application)];
      shown = sent.length;
      applicationShown = application.length > 0;
      return fresh;
    },
    codes: async (which, length) => {
      const codes = await settledCodes();
      if (which === 'wrong') return wrongCode(codes, length ?? 6);
      const code = codes.at(which === 'code' ? -1 : -2);
      if (code === undefined) throw missing(which, codes.length);
      if (which === 'code') used = codes.length;
      return code;
    },
  };
}

/** As long as the newest code and unlike every one of this call; without any, so many zeros. */
function wrongCode(codes: readonly string[], length: number): string {
  let wrong = codes.at(-1) ?? '9'.repeat(length);
  do wrong = wrong.replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));
  while (codes.includes(wrong));
  return wrong;
}

function missing(which: CodeToken, codes: number): DialproofError {
  return notFound(
    `The caller should type {${which}}, and ${codes === 0 ? 'no code has' : 'only one code has'} come in this call.`,
  );
}

function notFound(message: string): DialproofError {
  return new DialproofError('code-not-found', message, {
    fix: 'Choose a method that sends a code first, and look at the transcript: was it sent? Codes can be read from the demo server only.',
  });
}
