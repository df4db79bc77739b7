import type { Page } from '../page.ts';
import type { Found, Trap } from '../trap.ts';

const KEY = /^# ?: +[\w-]+ *(?:$|[,}#])/;

/** `#: more`: to YAML the line ends at the hash. */
export const hashKey: Trap = {
  inWords: (page) => found(page, 0),
  // The bracket that it leaves open is not the mistake.
  behind: ({ offset }, page) => {
    const [open] = page.openAt(offset);
    return open === undefined ? null : found(page, open.offset);
  },
};

function found(page: Page, from: number): Found | null {
  const token = page.tokens.find(({ kind, text, offset }) => kind === 'comment' && offset >= from && KEY.test(text));
  if (token === undefined) return null;
  return {
    code: 'CF004',
    offset: token.offset,
    message: 'A # begins a comment: this key and what follows it in the line are not read.',
    fix: 'For the hash key (pound) write `hash`.',
  };
}
