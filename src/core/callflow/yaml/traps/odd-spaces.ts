import { isOddSpace } from '../../printable.ts';
import type { Page } from '../page.ts';
import type { Found, Trap } from '../trap.ts';

/** A space that is none to YAML, as copied from a web page: at the beginning or end of a word, or behind a colon. */
export const oddSpaces: Trap = {
  inWords: (page) => {
    for (const { kind, text, offset } of page.tokens) {
      if (kind !== 'plain') continue;
      if (isOddSpace(text.charAt(0))) return found(page, offset);
      if (isOddSpace(text.charAt(text.length - 1))) return found(page, offset + text.length - 1);
    }
    return null;
  },
  behind: ({ offset }, page) => {
    const line = page.lineAt(offset);
    const colon = line.isText ? -1 : line.text.search(/:[^\s:]?\s/);
    return isOddSpace(line.text.charAt(colon + 1)) ? found(page, line.offset + colon + 1) : null;
  },
};

function found(page: Page, offset: number): Found {
  const character = page.text.charAt(offset);
  const name = character === '\u00A0' ? 'a non-breaking space' : `the special space U+${hex(character)}`;
  const line = page.lineAt(offset);
  const where = page.text.slice(line.offset, offset).trim() === '' ? 'This line begins with' : 'Here stands';
  return {
    code: 'CF021',
    offset,
    message: `${where} ${name}, which is a letter to YAML.`,
    fix: 'Delete it and type an ordinary space. It comes along when text is copied from web pages and documents.',
  };
}

function hex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
