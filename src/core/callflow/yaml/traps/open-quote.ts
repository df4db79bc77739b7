import { isScalar } from 'yaml';
import type { Page } from '../page.ts';
import { excerpt } from '../quote.ts';
import type { Token } from '../tokens.ts';
import type { Found, Trap } from '../trap.ts';

/** A quote that is opened and never closed, or closed by the quote of the next text. */
export const openQuote: Trap = {
  behind: ({ offset, reason }, page) => {
    const before = page.before(offset);
    if (before === undefined || !before.kind.endsWith('-quoted-scalar')) return null;
    const isJoined = before.offset + before.text.length === offset;
    const swallowed = isJoined && (before.text.includes('\n') || /[,{[]\s*[\w-]+\s*:\s*.$/s.test(before.text));
    return reason.startsWith('Missing closing') || swallowed ? notClosed(page, before) : null;
  },
  inPair: ({ value }) => {
    if (!isScalar(value) || value.type !== 'PLAIN' || !value.range) return null;
    const { source = '' } = value;
    if (source.indexOf('"') !== source.length - 1 || source.length < 2) return null;
    return {
      code: 'CF012',
      offset: value.range[0] + source.length - 1,
      message: 'A quote closes this text here, and none opens it.',
      fix: `Write a " in front of it, too: "${excerpt(source)}`,
    };
  },
};

function notClosed(page: Page, { offset, text }: Token): Found {
  const quote = text.charAt(0);
  const isAlone = page.openAt(offset).length === 0;
  return {
    code: 'CF012',
    offset,
    message: `The text that ${quote} opens here is not closed.`,
    fix: isAlone
      ? `Write a second ${quote} where it ends: ${excerpt(text)}${quote}`
      : `Write a second ${quote} where it ends.`,
  };
}
