import type { Page } from '../page.ts';
import { excerpt } from '../quote.ts';
import type { Found, Trap } from '../trap.ts';

/** A comma that is missing between two entries in brackets, is there twice, or is a semicolon. */
export const comma: Trap = {
  behind: ({ code, offset, reason }, page) => {
    if (page.openAt(offset).length === 0 || reason.includes('end with a')) return null;
    if (reason.startsWith('Unexpected ,')) return twice(offset);
    const token = page.at(offset);
    if (token === undefined) return null;
    if (code === 'BLOCK_IN_FLOW' && token.kind === 'plain') return insideWord(page, token.offset, token.text);
    const before = page.before(token.offset);
    const follows = code === 'BLOCK_IN_FLOW' ? page.after(offset + token.text.length) : token;
    if (follows === undefined || before === undefined || follows.kind === 'map-value-ind') return null;
    const isNode = /plain|quoted|flow-(?:map|seq)-start/.test(follows.kind);
    const ended = code === 'BLOCK_IN_FLOW' ? token : before;
    return isNode && /quoted|flow-(?:map|seq)-end/.test(ended.kind) ? missing(page, follows.offset) : null;
  },
};

/** `hello next`, with a colon behind it: the comma is missing before the last word, if the rest is a name. */
function insideWord(page: Page, offset: number, text: string): Found | null {
  const words = /^(.*\S)(\s+)(\S+)$/s.exec(text);
  if (words === null) return null;
  const [, head = '', space = '', word = ''] = words;
  const at = offset + head.length + space.length;
  if (!/^[\w-]+$/.test(word)) return null;
  if (head.endsWith(';')) {
    return {
      code: 'CF024',
      offset: offset + head.length - 1,
      message: 'A semicolon stands where a comma is due.',
      fix: `Write a comma: \`${excerpt(head.slice(0, -1))}, ${word}:\`.`,
    };
  }
  return space.includes('\n') || /^[a-z0-9][a-z0-9-]*$/.test(head) ? missing(page, at) : null;
}

function missing(page: Page, offset: number): Found {
  const next = /^[\w-]+|^"[^"\n]*"|^'[^'\n]*'|^./.exec(page.text.slice(offset))?.[0] ?? '';
  return {
    code: 'CF024',
    offset,
    length: next.length,
    message: `A comma is missing before ${excerpt(next)}.`,
    fix: `Write a comma between the two: \`, ${excerpt(next)}\`. A text with a colon or a bracket in it needs quotes.`,
  };
}

function twice(offset: number): Found {
  return {
    code: 'CF024',
    offset,
    message: 'There is nothing between this comma and the one before it.',
    fix: 'Remove one of the two commas.',
  };
}
