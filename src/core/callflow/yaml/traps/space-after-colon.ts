import { isScalar } from 'yaml';
import type { Page } from '../page.ts';
import { excerpt } from '../quote.ts';
import type { Found, Trap } from '../trap.ts';

/** `say:hello`, and not `https://...`: a name, a colon, and at once something else. */
const JOINED = /^( *(?:- +)*)([A-Za-z0-9][\w-]*|"[^"]*"|'[^']*'):(?=[^\s:/])/;

/** Addresses, which are no names with values. */
const ADDRESS = /^(?:sips?|tel|mailto|urn|client):/i;

const LOST = new Set(['MULTILINE_IMPLICIT_KEY', 'BLOCK_AS_IMPLICIT_KEY', 'MISSING_CHAR', 'BLOCK_IN_FLOW']);

/** `say:hello`: without a space behind the colon this is one word. */
export const spaceAfterColon: Trap = {
  behind: ({ code, offset, reason }, page) => {
    if (reason.startsWith('Missing closing')) return null;
    const stumbled = page.lineAt(offset);
    const line = reason.includes('same column') ? page.above(stumbled) : LOST.has(code) ? stumbled : undefined;
    if (line === undefined || line.isText) return null;
    const [, spaces, name] = JOINED.exec(line.text) ?? [];
    return spaces === undefined || name === undefined ? null : found(page, line.offset + spaces.length, name);
  },
  inPair: ({ key, value }, page) => {
    const inKey = inScalar(key, page);
    if (value === null || inKey !== null || !isScalar(value) || !key.range || !value.range) return inKey;
    // A text that stands alone in a line, where a name is due.
    return page.lineAt(key.range[0]) === page.lineAt(value.range[0]) ? null : inScalar(value, page);
  },
};

function inScalar(
  node: { readonly source?: string; readonly range?: readonly number[] | null },
  page: Page,
): Found | null {
  const source = node.source ?? '';
  const name = ADDRESS.test(source) ? undefined : JOINED.exec(source)?.[2];
  const offset = node.range?.[0];
  return name === undefined || offset === undefined || page.at(offset)?.kind !== 'plain'
    ? null
    : found(page, offset, name);
}

function found(page: Page, offset: number, name: string): Found {
  const value = page.restOfText(offset + name.length + 1);
  return {
    code: 'CF011',
    offset: offset + name.length,
    message: `There is no space behind this colon, so "${excerpt(name + ':' + value)}" is one word.`,
    fix: `Write \`${name}: ${excerpt(value)}\`.`,
  };
}
