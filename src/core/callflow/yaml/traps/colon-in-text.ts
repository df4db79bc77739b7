import { entryOf } from '../page.ts';
import { inQuotes } from '../quote.ts';
import type { Trap } from '../trap.ts';

/** `ask: Please choose: one`: a colon behind which a space stands begins a value. */
export const colonInText: Trap = {
  behind: ({ code, offset }, page) => {
    if (code !== 'BLOCK_AS_IMPLICIT_KEY' && code !== 'BLOCK_IN_FLOW' && code !== 'MULTILINE_IMPLICIT_KEY') return null;
    const token = page.at(offset);
    const isValue = code !== 'MULTILINE_IMPLICIT_KEY' || entryOf(page.lineAt(offset)) !== null;
    if (token?.kind !== 'plain' || !isValue) return null;
    const colon = page.after(offset + token.text.length);
    if (colon?.kind !== 'map-value-ind') return null;
    return {
      code: 'CF010',
      offset: colon.offset,
      message: 'A colon with a space behind it makes a name of what stands before it, also in a text.',
      fix: token.text.includes('\n')
        ? 'Put quotes around the whole text, from its first line to its last.'
        : `Put the text in quotes: ${inQuotes(page.restOfText(offset))}`,
    };
  },
};
