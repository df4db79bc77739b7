import { NODE, walk } from '../../call/wording-tree.ts';
import { promptUses, variantsHeard } from './prompt-uses.ts';
import type { Rule } from './rule.ts';
import { wordedFor, type Worded } from './worded.ts';

/** A digit that stands alone. */
const DIGIT = String.raw`(?<![\p{L}\p{N}.,:/+-])\d(?![\p{L}\p{N}]|[.,:/+-]\d|-\p{L})`;

/** Number words where a key is spoken of, by language. */
const WORDS: Readonly<Record<string, string>> = {
  en: String.raw`(?<=\b(?:press|push|hit|dial|key)\s+(?:the\s+)?(?:number\s+|key\s+)?)(?:zero|one|two|three|four|five|six|seven|eight|nine)\b(?!\s+of\b)`,
  es: String.raw`(?<=\b(?:pulse|pulsa|presione|oprima|marque|marca|teclee|tecla)\s+(?:el\s+|la\s+)?(?:número\s+|tecla\s+)?)(?:cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)\b(?!\s+de\b)`,
};

/** Menus say their keys themselves, after each option: what is written would be wrong with the next new number. */
export const writtenKeys: Rule = {
  code: 'CF320',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check(file, project) {
    for (const locale of file.wordings.keys()) {
      const worded = wordedFor(file, project, { locale, kind: 'prompt' });
      for (const use of promptUses(file.callflow, locale)) {
        if (use.as !== 'menu') continue;
        for (const key of [use.prompt, ...variantsHeard(use).map((variant) => `${use.prompt}.${variant}`)]) {
          const text = worded.get(key);
          const found = text === undefined ? null : keyIn(text, locale);
          if (text === undefined || found === null) continue;
          yield {
            at: text.file.yaml.placeIn(text.path, found.offset, found.offset + found.word.length),
            message: `"${found.word}" reads like a key, and menus say their keys by themselves.`,
            fix: 'Write what each option does, "To get a new code", and leave the key out. A number that is no key is written as a word.',
          };
        }
      }
    }
  },
};

/** The first key that a text names. */
function keyIn(
  { wording, written }: Worded,
  locale: string,
): { readonly word: string; readonly offset: number } | null {
  const words = WORDS[locale.split('-')[0] ?? ''];
  const pattern = new RegExp(words === undefined ? DIGIT : `${DIGIT}|${words}`, 'iu');
  let found: { word: string; offset: number } | null = null;
  walk(wording.tree, ({ type, location: { start, end } }) => {
    const match = type === NODE.literal ? pattern.exec(written.slice(start.offset, end.offset)) : null;
    if (match !== null) found ??= { word: match[0], offset: start.offset + match.index };
  });
  return found;
}
