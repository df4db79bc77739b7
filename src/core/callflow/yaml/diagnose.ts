import type { Page } from './page.ts';
import type { Found, Pair, Stumble } from './trap.ts';
import { TRAPS } from './traps/index.ts';

/** The one mistake to report where the parser stumbled: the first in the text, and nothing that may follow from it. */
export function diagnose(stumble: Stumble, page: Page): Found {
  const behind = firstOf(TRAPS, (trap) => trap.behind?.(stumble, page)) ?? unexplained(stumble);
  return [...inWords(page), behind].sort((a, b) => a.offset - b.offset)[0] ?? behind;
}

/** What the words of a text show that the parser could read. */
export function inWords(page: Page): readonly Found[] {
  return TRAPS.flatMap((trap) => trap.inWords?.(page) ?? []);
}

/** What is wrong with a pair that the parser could read. */
export function inPair(pair: Pair, page: Page): Found | null {
  return firstOf(TRAPS, (trap) => trap.inPair?.(pair, page));
}

function firstOf<T>(traps: readonly T[], look: (trap: T) => Found | null | undefined): Found | null {
  for (const trap of traps) {
    const found = look(trap);
    if (found !== null && found !== undefined) return found;
  }
  return null;
}

function unexplained({ offset, reason }: Stumble): Found {
  return {
    code: 'CF002',
    offset,
    message: `This is not valid YAML: ${reason}${reason.endsWith('.') ? '' : '.'}`,
    fix: 'Check indentation, quotes and colons around this place.',
  };
}
