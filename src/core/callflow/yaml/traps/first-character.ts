import type { Page } from '../page.ts';
import { inQuotes } from '../quote.ts';
import type { Found, Trap } from '../trap.ts';

/** `ask: @home`, `ask: - or else`: characters that mean something to YAML at the beginning of a text. */
export const firstCharacter: Trap = {
  inWords: (page) => {
    const token = page.tokens.find(({ kind }) => kind === 'explicit-key-ind');
    return token === undefined ? null : found(page, token.offset);
  },
  behind: ({ code, offset, reason }, page) => {
    if (code === 'BAD_SCALAR_START') return found(page, offset);
    if (page.at(offset)?.kind === 'seq-item-ind' && page.lineAt(offset).text.trimStart().charAt(0) !== '-')
      return found(page, offset);
    const before = page.before(offset);
    if (reason.startsWith('Not a YAML token') && before?.kind === 'block-scalar-header')
      return found(page, before.offset);
    return null;
  },
};

function found(page: Page, offset: number): Found {
  const text = page.restOfText(offset);
  const character = text.charAt(0);
  return {
    code: 'CF015',
    offset,
    message: `A text that begins with ${character} needs quotes.`,
    fix: `${character === '-' ? 'Begin a list in the next line. For a text write' : 'Write'} ${inQuotes(text)}`,
  };
}
