import { isMap, isScalar } from 'yaml';
import type { Page } from '../page.ts';
import { excerpt, inQuotes } from '../quote.ts';
import type { Token } from '../tokens.ts';
import type { Found, Trap } from '../trap.ts';

/** `{count}`, or `{left, plural, ...`: how texts name what is put in. */
const PLACEHOLDER = /^\{\s*[A-Za-z_]\w*\s*(?:\}|,\s*(?:plural|select|selectordinal|number|date|time)\b)/;

/** `ask: {count} left`: a text that begins with a bracket, or has one while it stands in brackets. */
export const textInBraces: Trap = {
  behind: ({ code, offset, reason }, page) => {
    if (code === 'NON_STRING_KEY') return needsQuotes(page, offset);
    const open = page.openAt(offset).find((token) => isPlaceholder(page, token));
    if (open !== undefined) return needsQuotes(page, open.offset);
    const before = page.before(offset);
    const token = page.at(offset);
    if (reason.includes('at node end') && before !== undefined && isClosing(before)) {
      const begin = page.openAt(before.offset).at(-1);
      return begin !== undefined &&
        (begin.text === '[' || isPlaceholder(page, begin)) &&
        isSameLine(page, begin, offset)
        ? needsQuotes(page, begin.offset)
        : null;
    }
    const isInside = token?.kind === 'flow-map-start' || token?.kind === 'flow-seq-start';
    if (!isInside || before?.kind !== 'plain' || before.offset + before.text.length > offset) return null;
    return isSameLine(page, before, offset) ? needsQuotes(page, before.offset) : null;
  },
  inPair: ({ value }, page) => {
    if (!isMap(value) || value.flow !== true || value.items.length !== 1) return null;
    const [only] = value.items;
    if (only?.value !== null || !isScalar(only.key) || !/^[A-Za-z_]\w*$/.test(String(only.key.value))) return null;
    if (!value.range) return null;
    const [offset, end] = value.range;
    const written = page.text.slice(offset, end);
    return {
      code: 'CF006',
      offset,
      length: end - offset,
      message: `Without quotes ${excerpt(written)} is not a text: the brackets hold a name without a value.`,
      fix: `Write ${inQuotes(written)} for a text, { ${String(only.key.value)}: value } for a name with a value.`,
    };
  },
};

function isPlaceholder(page: Page, token: Token): boolean {
  return PLACEHOLDER.test(page.text.slice(token.offset, token.offset + 80));
}

function isClosing(token: Token): boolean {
  return token.kind === 'flow-map-end' || token.kind === 'flow-seq-end';
}

function isSameLine(page: Page, token: Token, offset: number): boolean {
  return page.lineAt(token.offset) === page.lineAt(offset);
}

function needsQuotes(page: Page, offset: number): Found {
  const whole = page.restOfText(offset);
  const bracket = /[{[]/.exec(whole)?.[0] ?? '{';
  return {
    code: 'CF006',
    offset,
    length: whole.length,
    message: `A text with ${bracket} needs quotes here: without them the bracket is not part of the text.`,
    fix: `Write ${inQuotes(whole)}`,
  };
}
