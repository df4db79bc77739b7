import { excerpt, inQuotes } from '../quote.ts';
import type { Trap } from '../trap.ts';

const CLOSING: Readonly<Record<string, RegExp>> = { '“': /[”“"]/, '„': /[“”"]/, '”': /[”"]/, '‘': /[’'](?!\w)/ };

/** `“hello”`: quotes as word processors write them are letters to YAML. */
export const curlyQuotes: Trap = {
  inWords: (page) => {
    for (const { kind, text, offset } of page.tokens) {
      const closing = CLOSING[text.charAt(0)];
      if (kind !== 'plain' || closing === undefined) continue;
      const rest = page.text.slice(offset + 1, page.lineAt(offset).offset + page.lineAt(offset).text.length);
      const end = rest.search(closing);
      // “Agent” or “balance”? is a text that begins with a quotation.
      if (end === -1 ? text.startsWith('‘') : offset + 1 + end < offset + text.length - 1) continue;
      const inner = end === -1 ? text.slice(1) : rest.slice(0, end);
      return {
        code: 'CF020',
        offset,
        length: end === -1 ? 1 : end + 2,
        message: `These are curly quotes, which are letters to YAML: ${excerpt(text)}`,
        fix: `Write straight quotes: ${inQuotes(inner)}`,
      };
    }
    return null;
  },
};
