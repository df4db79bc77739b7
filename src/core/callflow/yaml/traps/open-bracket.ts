import type { Page } from '../page.ts';
import type { Token } from '../tokens.ts';
import type { Found, Trap } from '../trap.ts';
import { cutShortAt } from './cut-short.ts';

const CLOSES: Readonly<Record<string, string>> = { '{': '}', '[': ']' };
const OPENS: Readonly<Record<string, string>> = { '}': '{', ']': '[' };

/** A bracket that nothing closes, or that closes nothing. */
export const openBracket: Trap = {
  behind: ({ offset, reason }, page) => {
    const token = page.at(offset);
    const around = page.openAt(offset).at(-1);
    const isClosing = token?.kind === 'flow-map-end' || token?.kind === 'flow-seq-end';
    if (isClosing && around?.text !== OPENS[token.text]) return closesNothing(page, token, around);
    const open = isClosing ? page.openAt(offset + 1).at(-1) : around;
    if (open === undefined || !/sufficiently indented|Missing|end with a/.test(reason)) return null;
    const swallowed = page.tokens.find(
      (each) =>
        each.kind === 'comment' &&
        each.offset > open.offset &&
        each.offset < offset &&
        each.text.includes(CLOSES[open.text] ?? ''),
    );
    const text = swallowed === undefined ? undefined : page.before(swallowed.offset);
    if (swallowed !== undefined && text?.kind === 'plain')
      return cutShortAt(page, { begin: text.offset, comment: swallowed.offset });
    if (!reason.includes('end with a')) return null;
    return {
      code: 'CF013',
      offset: open.offset,
      message: `The bracket ${open.text} that is opened here is not closed.`,
      fix: `Write ${CLOSES[open.text]} where it ends.`,
    };
  },
};

function closesNothing(page: Page, { text, offset }: Token, open: Token | undefined): Found {
  if (open === undefined) {
    return {
      code: 'CF013',
      offset,
      message: `This ${text} closes nothing: no ${OPENS[text]} is open here.`,
      fix: 'Remove it, or open the bracket where it begins.',
    };
  }
  const { number, offset: begin } = page.lineAt(open.offset);
  return {
    code: 'CF013',
    offset,
    message: `This ${text} closes nothing: the bracket that is open here is ${open.text}, from line ${number}, column ${open.offset - begin + 1}.`,
    fix: `Write ${CLOSES[open.text]} in its place.`,
  };
}
