import { frame } from './frame.ts';
import { printable } from './printable.ts';

/** What the loader and the checker report: what is wrong, where, and what to write instead. */
export interface Finding {
  /** Stable code, for example `CF102`. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
  readonly at: Place;
}

/** Findings that the reader tells of one file: where there are more, they are not what has to be mended one by one. */
export const MOST_FINDINGS = 100;

/** Line and column from 1, as editors count: a column is a UTF-16 unit, a byte order mark is none. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How many columns of the line it covers; one when it does not say. */
  readonly length?: number;
}

/** The column after the last one, in the same line. */
export function endColumn({ column, length = 1 }: Place): number {
  return column + length;
}

/** One finding as a person reads it: `file:line:col`, the message, the line with its place underlined, the fix. */
export function formatFinding(finding: Finding, source?: string): string {
  const { file, line, column } = finding.at;
  const head = `${file}:${line}:${column}  ${finding.severity} ${finding.code}  ${finding.message}`;
  const lines = source === undefined ? [] : frame(finding.at, source);
  return [printable(head), ...lines, printable(`  ${finding.fix}`)].join('\n');
}
