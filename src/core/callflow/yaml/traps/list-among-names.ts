import { firstOut, isItem, outlineOf, type Row } from '../outline.ts';
import { entryOf, type Line } from '../page.ts';
import { excerpt } from '../quote.ts';
import type { Found, Trap } from '../trap.ts';

/** `- one` beside `name: value`: a place has either list entries or names. */
export const listAmongNames: Trap = {
  behind: ({ offset }, page) => {
    const line = page.from(offset);
    if (line === undefined || line.isText) return null;
    const rows = outlineOf(page);
    const index = rows.findIndex((row) => row.line === line);
    if (index === -1 || firstOut(rows) < index) return null;
    const beside = besides(rows, index);
    const last = beside[0];
    if (last === undefined || isItem(last.line) === isItem(line)) return null;
    // One dash, and only names after it: the dash is what is too much.
    if (!isItem(line))
      return entryOf(line) === null ? null : beside.length > 1 ? nameAmongItems(line) : itemAmongNames(last.line);
    return itemAmongNames(line);
  },
};

/** The rows above in the same column and the same place, the nearest first. */
function besides(rows: readonly Row[], index: number): readonly Row[] {
  const column = rows[index]?.line.indent ?? 0;
  const found: Row[] = [];
  for (const row of rows.slice(0, index).reverse()) {
    if (row.line.indent < column) break;
    if (row.line.indent === column) found.push(row);
  }
  return found;
}

function itemAmongNames(line: Line): Found {
  const text = line.text.trim();
  return {
    ...place(line),
    message: `"${excerpt(text)}" is an entry of a list, and stands among names with values.`,
    fix: 'Leave out the dash, or indent the list under its name.',
  };
}

function nameAmongItems(line: Line): Found {
  return {
    ...place(line),
    message: `"${excerpt(line.text)}" is a name with a value, and stands among the entries of a list.`,
    fix: 'Begin the line with a dash like the others, or end the list before it by its indentation.',
  };
}

function place(line: Line): Pick<Found, 'code' | 'offset' | 'length'> {
  return { code: 'CF025', offset: line.offset + line.indent, length: line.text.trim().length };
}
