import { isScalar } from 'yaml';
import { entryOf, type Line, type Page } from '../page.ts';
import { isItem } from '../outline.ts';
import { excerpt } from '../quote.ts';
import type { Found, Trap } from '../trap.ts';

/** A line, or an entry between brackets, that is no name with a value. */
export const noColon: Trap = {
  behind: ({ code, offset, reason }, page) => {
    const line = page.lineAt(offset);
    const above = page.above(line);
    if (reason.includes('same column')) return above !== undefined && isLost(page, above) ? inLine(page, above) : null;
    const isStumble = code === 'MULTILINE_IMPLICIT_KEY' || (code === 'MISSING_CHAR' && reason.includes('map values'));
    return isStumble && isLost(page, line) ? inLine(page, line) : null;
  },
  inPair: ({ key, value, map }, page) => {
    const offset = key.range?.[0] ?? 0;
    // `{name}` is a text that lost its quotes.
    if (value === null && map.items.length === 1 && /^\w+$/.test(String(key.value))) return null;
    if (value === null) return found(page, offset, key.source ?? String(key.value));
    // `success { returns: success }`: the colon inside the brackets is the first.
    const name = /^([\w-]+)\s+[{[]/.exec(key.source ?? '')?.[1];
    if (name !== undefined) return behindName(page, offset, name);
    if (key.value !== '' || key.type?.startsWith('QUOTE') === true || !isScalar(key)) return null;
    return { code: 'CF023', offset, message: 'There is no name in front of this colon.', fix: 'Write `name: value`.' };
  },
};

function behindName(page: Page, offset: number, name: string): Found {
  const value = page.restOfText(offset + name.length).trim();
  return {
    code: 'CF023',
    offset,
    length: name.length,
    message: `There is no colon behind "${name}".`,
    fix: `Write \`${name}: ${excerpt(value)}\`.`,
  };
}

function isLost(page: Page, line: Line): boolean {
  return !line.isText && entryOf(line) === null && !isItem(line) && page.openAt(line.offset).length === 0;
}

/** Whether names or a list stand under a line. */
function holdsMore(page: Page, line: Line): boolean {
  const below = page.from(line.offset + line.text.length + 1);
  if (below === undefined) return false;
  return isItem(below) ? below.indent >= line.indent : below.indent > line.indent && entryOf(below) !== null;
}

function inLine(page: Page, line: Line): Found {
  const offset = line.offset + line.indent;
  return found(page, offset, page.restOfText(offset));
}

function found(page: Page, offset: number, written: string): Found {
  const at = { code: 'CF023', offset, length: Math.min(written.length, page.text.length - offset) };
  const isName = /^[\w-]+$/.test(written);
  if (isName && page.openAt(offset).length === 0 && holdsMore(page, page.lineAt(offset)))
    return {
      ...at,
      message: `"${written}" has no colon, so what stands below does not belong to it.`,
      fix: `Write \`${written}:\`.`,
    };
  const [, name = '', value = ''] = /^([\w-]+)(?:\s*=\s*|\s+)(.*)$/.exec(excerpt(written)) ?? [];
  const shown = isName
    ? `${written}: value`
    : /^[a-z]/.test(name) && value !== ''
      ? `${name}: ${value}`
      : 'name: value';
  return {
    ...at,
    message: `"${excerpt(written)}" has no colon, so it is no name with a value.`,
    fix: `Write \`${shown}\`.${isName ? '' : ' A text that goes on over lines is indented under its name.'}`,
  };
}
