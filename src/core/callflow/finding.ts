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

/** Line and column from 1, as editors count. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One finding as a person reads it: `file:line:col`, the message, the line with a caret, the fix. */
export function formatFinding(finding: Finding, source?: string): string {
  const { file, line, column } = finding.at;
  const head = `${file}:${line}:${column}  ${finding.severity} ${finding.code}  ${finding.message}`;
  const text = source?.split('\n')[line - 1];
  const frame =
    text === undefined
      ? []
      : [`  ${line} | ${text}`, `  ${' '.repeat(String(line).length)} | ${' '.repeat(column - 1)}^`];
  return [head, ...frame, `  ${finding.fix}`].join('\n');
}
