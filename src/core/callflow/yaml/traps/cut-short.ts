import { isScalar } from 'yaml';
import type { Page } from '../page.ts';
import { excerpt, inQuotes } from '../quote.ts';
import type { Found, Trap } from '../trap.ts';

/** Places of prompt files whose texts are spoken, sent or shown. A word lost there is noticed by callers first. */
const SPOKEN = /^(?:prompts|messages|menu-item|zero-item)(?:\.|$)/;
/** Other places where a text of any words stands. */
const PROSE = /^title$|\.subject$|\.authenticator-name$/;

/**
 * `ask: Press # now`: to YAML a text without quotes ends where a # stands behind a space. What is spoken has no comment
 * behind it unless it is in quotes. Elsewhere a comment is what it seems to be, unless it begins without a space
 * behind the # in a text of several words (`Order #1234`), or is only a number (`code # 1`).
 */
export const cutShort: Trap = {
  inPair: ({ value, path }, page) => {
    if (!isScalar(value) || value.type !== 'PLAIN' || !value.range) return null;
    const [begin, end] = value.range;
    const line = page.lineAt(end);
    const behind = page.text.slice(end, line.offset + line.text.length);
    const comment = behind.trimStart();
    const gap = behind.length - comment.length;
    if (!comment.startsWith('#') || gap === 0) return null;
    const place = path.slice(1).replaceAll('\u0000', '.');
    const at = { begin, comment: end + gap };
    const text = value.source ?? '';
    if (SPOKEN.test(place)) return cutShortAt(page, at);
    if (gap > 1 || /^[\d.]+(?:ms|s|m|h)?$/.test(text)) return null;
    const isProse = PROSE.test(place) || text.includes(' ');
    if (isProse && /^#(?:[^\s#]| ?\d+$)/.test(comment)) return cutShortAt(page, at);
    return /^# ?\d+$/.test(comment) ? numberBehind(page, at) : null;
  },
};

function numberBehind(page: Page, { begin, comment }: { readonly begin: number; readonly comment: number }): Found {
  const name = page.text.slice(begin, comment).trim();
  const number = page.restOfText(comment, { comment: 'too' });
  return {
    code: 'CF005',
    offset: comment,
    length: number.length,
    message: `What follows "${excerpt(name)}" is not read: a # behind a space begins a comment.`,
    fix: `If it belongs to the name, write ${excerpt(name)}-${number.replace(/^# ?/, '')}; if it is a comment, write more than a number.`,
  };
}

/** The finding at a # that ends a text which begins at `begin`. */
export function cutShortAt(page: Page, at: { readonly begin: number; readonly comment: number }): Found {
  const line = page.lineAt(at.comment);
  const whole = page.restOfText(at.begin, { comment: 'too' });
  return {
    code: 'CF005',
    offset: at.comment,
    length: line.text.slice(at.comment - line.offset).trimEnd().length,
    message: `The text "${excerpt(page.text.slice(at.begin, at.comment))}" ends here: a # behind a space begins a comment.`,
    fix: `Put quotes around the text, or, if this is a comment, around what stands before it: ${inQuotes(whole)}`,
  };
}
