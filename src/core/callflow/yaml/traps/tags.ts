import { inQuotes } from '../quote.ts';
import type { Trap } from '../trap.ts';

/** `!!str 5`, `!important`: a word that begins with an exclamation mark names a type. */
export const tags: Trap = {
  inWords: (page) => {
    const token = page.tokens.find(({ kind }) => kind === 'tag');
    if (token === undefined) return null;
    const { text, offset } = token;
    return {
      code: 'CF019',
      offset,
      length: text.length,
      message: `"${text}" is a YAML tag, which callflows do not use.`,
      fix: text.startsWith('!!')
        ? 'Remove it; put the value in quotes where a text is meant.'
        : `Put a text that begins with ! in quotes: ${inQuotes(page.restOfText(offset))}`,
    };
  },
};
