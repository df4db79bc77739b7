import { isItem } from '../outline.ts';
import { entryOf } from '../page.ts';
import { excerpt } from '../quote.ts';
import type { Trap } from '../trap.ts';

/** A value in the line below its name that is not indented, so that it stands beside the name. */
export const valueBelow: Trap = {
  behind: ({ offset }, page) => {
    const line = page.lineAt(offset);
    const above = page.above(line);
    const entry = above === undefined ? null : entryOf(above);
    if (entry === null || entryOf(line) !== null || entry.line.indent !== line.indent || line.isText) return null;
    const isText = /^[|>][+-]?$/.test(entry.value);
    if (isItem(line) || (entry.value !== '' && !isText)) return null;
    const value = line.text.trim();
    return {
      code: 'CF022',
      offset: line.offset + line.indent,
      length: value.length,
      message: `The ${isText ? 'text' : 'value'} of "${entry.key}" stands beside it and not behind it.`,
      fix: isText
        ? `Begin its lines in column ${line.indent + 3}.`
        : `Write it in the same line: ${entry.key}: ${excerpt(value)}`,
    };
  },
};
