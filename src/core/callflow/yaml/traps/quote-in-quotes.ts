import { excerpt, inQuotes } from '../quote.ts';
import type { Trap } from '../trap.ts';

/** `'don't'`, `"Press "star" now"`: the quote in the middle ends the text. */
export const quoteInQuotes: Trap = {
  behind: ({ offset }, page) => {
    const before = page.before(offset);
    if (before === undefined || !before.kind.endsWith('-quoted-scalar')) return null;
    const end = before.offset + before.text.length;
    if (end !== offset || /[\s,:}\]]/.test(page.text.charAt(offset))) return null;
    const quote = before.text.charAt(0);
    const line = page.lineAt(offset);
    const rest = page.text.slice(before.offset + 1, line.offset + line.text.length);
    const whole = rest.slice(0, rest.lastIndexOf(quote)).replaceAll(quote === "'" ? "''" : '\\"', quote);
    const name = quote === "'" ? 'apostrophe' : 'quote';
    return {
      code: 'CF014',
      offset: end - 1,
      message: `This ${name} ends the text: ${excerpt(before.text)}`,
      fix: `Put ${quote === "'" ? 'double' : 'single'} quotes around the whole text: ${inQuotes(whole)}`,
    };
  },
};
