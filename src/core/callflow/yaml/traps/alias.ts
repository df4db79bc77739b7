import { inQuotes } from '../quote.ts';
import type { Trap } from '../trap.ts';

/** `*: more`: a word that begins with a star is an alias to YAML. */
export const alias: Trap = {
  inWords: (page) => {
    const token = page.tokens.find((each) => each.kind === 'alias');
    if (token === undefined) return null;
    const { text, offset } = token;
    const word = text.replace(/:$/, '');
    const isKey = text !== word || page.after(offset + text.length)?.kind === 'map-value-ind';
    return {
      code: 'CF003',
      offset,
      length: word.length,
      message: `"${word}" is a YAML alias, which callflows do not use.`,
      fix: isKey
        ? 'For the star key write `star`.'
        : `For the star key write \`star\`; put a text that begins with * in quotes: ${inQuotes(page.restOfText(offset))}`,
    };
  },
};
