import type { Page } from '../page.ts';
import { excerpt } from '../quote.ts';
import type { Found, Trap } from '../trap.ts';

/** `"hello" there`: something behind the closing quote or bracket. */
export const afterQuotes: Trap = {
  behind: ({ code, offset, reason }, page) => {
    const token = page.at(offset);
    if (code === 'BLOCK_AS_IMPLICIT_KEY' && token?.kind.endsWith('-quoted-scalar') === true)
      return found(page, offset + token.text.length, 'quote');
    const before = page.before(offset);
    if (before === undefined || !/quoted|flow-(?:map|seq)-end/.test(before.kind)) return null;
    if (/^[}\]]/.test(page.text.slice(offset))) return null;
    if (page.lineAt(before.offset) !== page.lineAt(offset) || !/^(?:Unexpected|Missing ,)/.test(reason)) return null;
    return found(page, offset, before.kind.endsWith('-quoted-scalar') ? 'quote' : 'bracket');
  },
};

function found(page: Page, offset: number, what: 'quote' | 'bracket'): Found {
  const rest = page.restOfText(offset);
  return {
    code: 'CF026',
    offset,
    length: rest.length,
    message: `The value ends at the closing ${what}, and this stands behind it: ${excerpt(rest)}`,
    fix:
      what === 'quote'
        ? 'Put the quotes around all of it, or remove the rest.'
        : 'Remove the rest, or put quotes around all of it.',
  };
}
