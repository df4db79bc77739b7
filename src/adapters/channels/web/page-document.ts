import { z } from 'zod';
import type { Page, PageForm, PageWords } from '../../../core/contracts/pages.ts';
import type { Reply } from '../../../core/contracts/turns.ts';
import type { Links } from '../../../core/call/render.ts';
import type { Gather, SpeechPart, Utterance, Verb } from '../../../core/call/verbs.ts';
import { plainText } from '../../../core/call/wording.ts';

/** Links of a channel that has no addresses: the nonce of a turn can be read back from them. Nothing is played. */
export const webLinks: Links = {
  turn: (nonce) => `turn:${nonce}`,
  silence: (nonce) => `silence:${nonce}`,
  start: () => 'start:',
  audio: () => null,
};

const TYPE = 'application/json';

/** Writes verbs as the JSON document that `readPage` reads, and `pageHtml` shows. */
export function writePage(verbs: readonly Verb[]): Reply {
  return { type: TYPE, body: JSON.stringify(pageOf(verbs)) };
}

/** The page that `writePage` wrote; null for anything else: replies come back from the store. */
export function readPage({ type, body }: Reply): Page | null {
  if (type !== TYPE) return null;
  try {
    return page.parse(JSON.parse(body));
  } catch {
    return null;
  }
}

function pageOf(verbs: readonly Verb[]): Page {
  const asks = verbs.find((verb) => verb.verb === 'gather');
  if (asks !== undefined) return askPage(asks);
  const words = verbs.flatMap((verb) => ('utterance' in verb ? [wordsOf(verb.utterance)] : []));
  const last = verbs.at(-1);
  const url = last?.verb === 'redirect' ? last.url : '';
  if (url === 'start:') return { kind: 'hold', words, nonce: '' };
  const nonce = nonceIn(url);
  if (nonce === null) return { kind: 'end', words };
  return verbs.some(({ verb }) => verb === 'pause') ? { kind: 'hold', words, nonce } : { kind: 'moved', nonce };
}

/** What asks without a form is typed, as on a telephone. */
function askPage({ action, form, numDigits, spoken }: Gather): Page {
  const nonce = nonceIn(action) ?? '';
  if (form === undefined) {
    const words = spoken.flatMap((each) => ('utterance' in each ? [wordsOf(each.utterance)] : []));
    const entry = { digits: numDigits ?? null, isCode: false };
    return { kind: 'ask', words, form: { block: '', options: [], entry }, nonce };
  }
  const { block, words, options, entry } = form;
  const shown: PageForm = {
    block,
    options: options.map(({ key, name, language, parts }) => ({ key, name, language, text: textOf(parts) })),
    entry,
  };
  return { kind: 'ask', words: words.map(wordsOf), form: shown, nonce };
}

function nonceIn(url: string): string | null {
  return url.startsWith('turn:') ? url.slice('turn:'.length) : null;
}

function wordsOf({ prompt, parts, language }: Utterance): PageWords {
  return { prompt, text: textOf(parts), language };
}

/** As it is written, not as it is said: digits stand together. */
function textOf(parts: readonly SpeechPart[]): string {
  return plainText(parts).replaceAll(/\s+/g, ' ').trim();
}

const words = z.array(z.strictObject({ prompt: z.string(), text: z.string(), language: z.string() }));

const form = z.strictObject({
  block: z.string(),
  options: z.array(
    z.strictObject({
      key: z.string().regex(/^[0-9*#]$/),
      name: z.string(),
      text: z.string(),
      language: z.string(),
    }),
  ),
  entry: z.strictObject({ digits: z.int().positive().nullable(), isCode: z.boolean() }).nullable(),
});

const page: z.ZodType<Page> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ask'), words, form, nonce: z.string() }),
  z.strictObject({ kind: z.literal('hold'), words, nonce: z.string() }),
  z.strictObject({ kind: z.literal('end'), words }),
  z.strictObject({ kind: z.literal('moved'), nonce: z.string() }),
]);
