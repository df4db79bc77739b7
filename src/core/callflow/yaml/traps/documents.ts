import type { Trap } from '../trap.ts';

const NOT_YET: ReadonlySet<string> = new Set(['space', 'newline', 'comment']);

/** `---` between two parts, or `%YAML`: a file is one document, and needs no preface. */
export const documents: Trap = {
  inWords: (page) => {
    let isFirst = true;
    for (const { kind, text, offset } of page.tokens) {
      if (kind === 'directive-line')
        return {
          code: 'CF017',
          offset,
          length: text.length,
          message: `A line that begins with % is an instruction to YAML, which callflows do not use.`,
          fix: 'Remove the line.',
        };
      if (kind === 'doc-start' && !isFirst)
        return {
          code: 'CF017',
          offset,
          length: text.length,
          message: `"${text}" begins a second document here, and a file holds one.`,
          fix: 'Remove the line. A second callflow goes into a file of its own.',
        };
      if (!NOT_YET.has(kind)) isFirst = false;
    }
    return null;
  },
  behind: ({ code, offset }) =>
    code === 'MULTIPLE_DOCS'
      ? {
          code: 'CF017',
          offset,
          message: 'A second document begins here, and a file holds one.',
          fix: 'Remove the line that ends the first (`...`). A second callflow goes into a file of its own.',
        }
      : null,
};
