import { firstOut, outlineOf, repairOf } from '../outline.ts';
import { entryOf, type Line, type Page } from '../page.ts';
import { excerpt } from '../quote.ts';
import type { Found, Trap } from '../trap.ts';

/** A line that begins in another column than the ones it belongs beside. */
export const indentation: Trap = {
  behind: ({ code, offset, reason }, page) => {
    const line = page.lineAt(offset);
    if (reason.includes('sufficiently indented')) return betweenBrackets(page, line, offset);
    if (reason.includes('same column')) return leftOfText(page, offset) ?? outOfColumn(page, line);
    if (reason.includes('at node end')) return page.before(offset) === undefined ? null : outOfColumn(page, line);
    if (code !== 'BLOCK_AS_IMPLICIT_KEY' && code !== 'MULTILINE_IMPLICIT_KEY') return null;
    const token = page.at(offset);
    const colon = token === undefined ? undefined : page.after(offset + token.text.length);
    const last = colon === undefined ? line : page.lineAt(colon.offset);
    // Prose with a colon is no name that is out of place.
    const isName = /^\s*(?:- +)*["']?[\w-]+["']?\s*:/.test(last.text);
    return last !== line && entryOf(line) !== null && isName ? outOfColumn(page, last) : null;
  },
};

function outOfColumn(page: Page, stumbled: Line): Found | null {
  const rows = outlineOf(page);
  const out = firstOut(rows);
  const row = rows[out];
  if (row === undefined || row.line.number > stumbled.number + 2) return null;
  const repair = repairOf(rows, out);
  const { line } = repair?.row ?? row;
  const entry = entryOf(line);
  const name = entry?.key ?? excerpt(line.text);
  const place = { code: 'CF016', offset: line.offset + line.indent, length: (entry?.key ?? line.text.trim()).length };
  if (repair === null) {
    const message = `"${name}" begins in column ${line.indent + 1}, where nothing that it could belong to does.`;
    return { ...place, message, fix: 'Begin it in the same column as the lines it belongs beside.' };
  }
  const beside = entryOf(repair.beside.line)?.key ?? excerpt(repair.beside.line.text);
  return {
    ...place,
    message: `"${name}" begins in column ${line.indent + 1}, and "${beside}", beside which it belongs, in column ${repair.indent + 1}.`,
    fix: `Move it ${distance(repair.indent - line.indent)}.`,
  };
}

/** A line of a text below `|` or `>` that begins further left than the text. */
function leftOfText(page: Page, offset: number): Found | null {
  const line = page.from(offset);
  const above = line === undefined ? undefined : page.above(line);
  if (line === undefined || above?.isText !== true || entryOf(line) !== null) return null;
  return {
    code: 'CF016',
    offset: line.offset + line.indent,
    length: line.text.trim().length,
    message: `This line begins in column ${line.indent + 1}, and the text that it goes on with in column ${above.indent + 1}.`,
    fix: `Move it ${distance(above.indent - line.indent)}.`,
  };
}

/** Brackets over several lines, which do not stand to the right of the line that opens them. */
function betweenBrackets(page: Page, line: Line, offset: number): Found | null {
  const open = page.openAt(offset).at(-1);
  if (open === undefined) return null;
  const opening = page.lineAt(open.offset);
  const closing = page.lines
    .slice(line.number - 1)
    .find(({ text, indent }) => /^ *[}\]]/.test(text) || (text.trim() !== '' && indent < opening.indent));
  if (closing?.text.trimStart().charAt(0) !== (open.text === '{' ? '}' : ']')) return null;
  return {
    code: 'CF016',
    offset: line.offset + line.indent,
    length: line.text.trim().length,
    message: `This line is between brackets that line ${opening.number} opens, and begins no further right than it.`,
    fix: `Begin it in column ${opening.indent + 3}.`,
  };
}

function distance(columns: number): string {
  const count = Math.abs(columns);
  return `${count} ${count === 1 ? 'space' : 'spaces'} to the ${columns > 0 ? 'right' : 'left'}`;
}
