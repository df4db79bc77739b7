import { entryOf, saysSomething, type Line, type Page } from './page.ts';

/** A line that has a part in the structure of a file: no comment, no text over lines, nothing between brackets. */
export interface Row {
  readonly line: Line;
  /** `more`: the lines below may belong to it. `names`: they are behind it, between brackets. */
  readonly holds: 'more' | 'names' | 'value';
}

/** One line moved to another column, after which the lines below follow from those above. */
export interface Repair {
  readonly row: Row;
  readonly indent: number;
  /** A line that begins in that column and stands nearest. */
  readonly beside: Row;
}

/** The structure of a file by its indentation. */
export function outlineOf(page: Page): readonly Row[] {
  return page.lines.flatMap((line) => {
    const text = line.text.trim();
    if (line.isText || !saysSomething(line) || page.openAt(line.offset).length > 0) return [];
    const entry = entryOf(line);
    // A text without quotes may go on over lines.
    const token = page.at(line.offset);
    if (entry === null && token?.kind === 'plain' && token.offset < line.offset) return [];
    const value = isItem(line) ? '' : (entry?.value ?? text);
    return [{ line, holds: value === '' ? 'more' : value.startsWith('{') ? 'names' : 'value' }];
  });
}

/** Whether a line is an entry of a list. */
export function isItem(line: Line): boolean {
  return /^ *-(?: |$)/.test(line.text);
}

/** The index of the first row that does not begin in a column that it could begin in; the length when there is none. */
export function firstOut(rows: readonly Row[]): number {
  const open: number[] = [];
  for (const [index, { line }] of rows.entries()) {
    const above = rows[index - 1];
    while ((open.at(-1) ?? -1) > line.indent) open.pop();
    const isBeside = open.at(-1) === line.indent;
    if (above !== undefined && !isBeside && !(line.indent > above.line.indent && above.holds === 'more')) return index;
    if (!isBeside) open.push(line.indent);
  }
  return rows.length;
}

/**
 * The move of one line that lets most of the lines below follow: of the line that is out itself, or of one above that
 * it could belong under. Among equals the one that leaves the file most regular, then the nearest and the shortest.
 */
export function repairOf(rows: readonly Row[], out: number): Repair | null {
  const step = usualStep(rows);
  const moves = suspects(rows, out).flatMap((index) =>
    columnsFor(rows, index).map((indent) => {
      const changed = rows.map((row, at) => (at === index ? { ...row, line: { ...row.line, indent } } : row));
      const distance = Math.abs(indent - (rows[index]?.line.indent ?? 0));
      const fits = standsOut(rows, index, indent) ? 0 : 1;
      const unlikely = [oddities(changed, step), minorities(changed), fits, out - index, distance, -indent];
      return { index, indent, unlikely: [-firstOut(changed), ...unlikely] };
    }),
  );
  const [best] = moves
    .filter(({ unlikely: [reach = 0] }) => -reach > out)
    .sort((a, b) => compare(a.unlikely, b.unlikely));
  const row = best === undefined ? undefined : rows[best.index];
  if (best === undefined || row === undefined) return null;
  const away = (other: Row): number => Math.abs(other.line.number - row.line.number);
  const [beside] = rows
    .filter((each) => each !== row && each.line.indent === best.indent)
    .sort((a, b) => away(a) - away(b));
  return beside === undefined ? null : { row, indent: best.indent, beside };
}

/** How many spaces the file mostly goes to the right by. */
function usualStep(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const step of steps(rows)) counts.set(step, (counts.get(step) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 2;
}

/** How many rows look wrong: those that go to the right by anything else, and names that have nothing under them. */
function oddities(rows: readonly Row[], step: number): number {
  const empty = rows.filter(({ line, holds }, index) => {
    const below = rows[index + 1]?.line;
    return (
      holds === 'more' && !isItem(line) && (below === undefined || (below.indent <= line.indent && !isItem(below)))
    );
  });
  const jumps = steps(rows).filter((each) => each !== step);
  return jumps.length + empty.length + (rows[0]?.line.indent === 0 ? 0 : 1);
}

/** Among the rows under one name, how many hold a value where more of them hold names, or the other way round. */
function minorities(rows: readonly Row[]): number {
  const groups: { readonly indent: number; values: number; names: number }[] = [];
  let count = 0;
  const close = (indent: number): void => {
    while ((groups.at(-1)?.indent ?? -1) > indent) {
      const group = groups.pop();
      count += Math.min(group?.values ?? 0, group?.names ?? 0);
    }
  };
  for (const { line, holds } of rows) {
    close(line.indent);
    if (groups.at(-1)?.indent !== line.indent) groups.push({ indent: line.indent, values: 0, names: 0 });
    const group = groups.at(-1);
    if (group !== undefined) group[holds === 'value' ? 'values' : 'names'] += 1;
  }
  close(-1);
  return count;
}

/** Whether a row stands out from the rows above and below, which begin in one column. */
function standsOut(rows: readonly Row[], index: number, indent: number): boolean {
  return rows[index - 1]?.line.indent === indent && rows[index + 1]?.line.indent === indent;
}

function steps(rows: readonly Row[]): readonly number[] {
  return rows
    .map(({ line }, index) => line.indent - (rows[index - 1]?.line.indent ?? line.indent))
    .filter((step) => step > 0);
}

/** The row that is out, the one above it, and those above that it could belong under. */
function suspects(rows: readonly Row[], out: number): readonly number[] {
  const found = [out, out - 1];
  let indent = Infinity;
  for (let index = out - 1; index >= 0 && indent > 0; index--) {
    const { line, holds } = rows[index] ?? { line: { indent: 0 }, holds: 'value' };
    if (line.indent < indent || (line.indent === indent && holds === 'more')) found.push(index);
    indent = Math.min(indent, line.indent);
  }
  return [...new Set(found)].filter((index) => index >= 0).slice(0, 12);
}

/** The columns that a row could be meant to begin in: those of the rows around it. */
function columnsFor(rows: readonly Row[], index: number): readonly number[] {
  const around = rows.slice(Math.max(0, index - 12), index + 4).map(({ line }) => line.indent);
  return [...new Set(around)].filter((column) => column !== rows[index]?.line.indent);
}

/** By the first number in which two lists differ. */
function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return (a[index] ?? 0) - (b[index] ?? 0);
}
