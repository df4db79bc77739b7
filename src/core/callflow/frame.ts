import type { Place } from './finding.ts';
import { cellsOf, type Cell } from './printable.ts';

/** Columns that a printed line may fill. */
const WIDEST = 120;
/** UTF-16 units around the place that are looked at: a line may be as long as the file. */
const NEAR = 1000;

interface Window {
  /** Columns of the terminal, counted from the beginning of the line. */
  readonly from: number;
  readonly to: number;
}

/**
 * The line of a place with the place underlined, below the line above it; nothing where the file has no such line.
 * What is too long for 120 columns is cut around the place.
 */
export function frame(at: Place, source: string): readonly string[] {
  const line = lineOf(source, at.line);
  if (line === undefined) return [];
  const begin = Math.min(at.column - 1, line.length);
  const end = Math.min(begin + Math.max(1, at.length ?? 1), Math.max(line.length, begin + 1));
  const first = Math.max(0, begin - NEAR);
  const cells = cellsOf(line.slice(first, begin + NEAR));
  const from = columnOf(cells, begin - first);
  const to = Math.max(from + 1, columnOf(cells, end - first));

  const number = String(at.line);
  const room = WIDEST - number.length - '   | '.length;
  const window = windowAround(from, { room, total: columnOf(cells, Infinity), more: begin + NEAR < line.length });
  const above = cut(cellsOf((lineOf(source, at.line - 1) ?? '').slice(first, begin + NEAR)), window);
  const underline = ' '.repeat(from - window.from) + '^'.repeat(Math.max(1, Math.min(to, window.to) - from));
  const row = (label: string, text: string): string => `  ${label.padStart(number.length)} | ${text}`.trimEnd();
  return [
    ...(/^[ …]*$/.test(above) ? [] : [row(String(at.line - 1), above)]),
    row(number, cut(cells, window)),
    row('', underline),
  ];
}

/** A line by its number from 1, without line break and byte order mark. */
function lineOf(source: string, number: number): string | undefined {
  if (number < 1) return undefined;
  let start = source.startsWith('\uFEFF') ? 1 : 0;
  for (let line = 1; line < number; line++) {
    const end = source.indexOf('\n', start);
    if (end === -1) return undefined;
    start = end + 1;
  }
  const end = source.indexOf('\n', start);
  return source.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
}

/** The column of the terminal at which a character begins. */
function columnOf(cells: readonly Cell[], offset: number): number {
  return cells.reduce((column, cell) => column + (cell.offset < offset ? cell.width : 0), 0);
}

function windowAround(column: number, line: { room: number; total: number; more: boolean }): Window {
  if (line.total <= line.room && !line.more) return { from: 0, to: line.room };
  const latest = line.more ? Infinity : line.total - line.room;
  const from = Math.max(0, Math.min(column - Math.floor(line.room / 2), latest));
  return { from, to: from + line.room };
}

/** What of a line is in the window, with marks where something is left out. */
function cut(cells: readonly Cell[], window: Window): string {
  const inside: Pick<Cell, 'text' | 'width'>[] = [];
  let column = 0;
  for (const { text, width } of cells) {
    const ends = column + width;
    // Half a wide character leaves a gap, so that what follows keeps its column.
    if (column >= window.from && ends <= window.to) inside.push({ text, width });
    else if (ends > window.from && column < window.from) inside.push({ text: ' ', width: ends - window.from });
    column = ends;
  }
  if (window.from > 0) mark(inside, 0);
  if (column > window.to) mark(inside, inside.length - 1);
  return inside.map((cell) => cell.text).join('');
}

function mark(cells: Pick<Cell, 'text' | 'width'>[], index: number): void {
  const width = cells[index]?.width ?? 1;
  cells[Math.max(0, index)] = { text: '…'.padEnd(width), width };
}
