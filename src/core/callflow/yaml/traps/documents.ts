import type { Token } from '../tokens.ts';
import type { Found, Trap } from '../trap.ts';

const NOT_YET: ReadonlySet<string> = new Set(['space', 'newline', 'comment']);

/** `---` between two parts, or `%YAML`: a file is one document, and needs no preface. */
export const documents: Trap = {
  inWords: (page) => {
    let isFirst = true;
    let isOver = false;
    for (const token of page.tokens) {
      const { kind } = token;
      if (kind === 'directive-line') return directive(token);
      if (NOT_YET.has(kind)) continue;
      if (isOver || (kind === 'doc-start' && !isFirst)) return second(token);
      isFirst = false;
      isOver = kind === 'doc-end';
    }
    return null;
  },
};

function directive({ text, offset }: Token): Found {
  return {
    code: 'CF017',
    offset,
    length: text.length,
    message: 'A line that begins with % is an instruction to YAML, which callflows do not use.',
    fix: 'Remove the line.',
  };
}

function second({ kind, text, offset }: Token): Found {
  const isMark = kind === 'doc-start';
  return {
    code: 'CF017',
    offset,
    length: text.split('\n')[0]?.length ?? 0,
    message: `${isMark ? '"---"' : 'This'} begins a second document, and a file holds one.`,
    fix: `Remove the line${isMark ? '' : ' of dots above'}. A second callflow goes into a file of its own.`,
  };
}
