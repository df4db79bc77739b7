import { printable } from '../../core/callflow/printable.ts';
import { counted } from '../../core/callflow/in-words.ts';
import type { CallflowCoverage, Coverage, PathCoverage } from './coverage.ts';

/** The coverage for people: every path that was not taken with its place; with `verbose`, those that no call can take as well. */
export function coverageReport(
  { callflows, ...all }: Coverage,
  { verbose = false }: { readonly verbose?: boolean } = {},
): string {
  const width = Math.max(...callflows.map(({ callflow }) => callflow.length), 'all'.length);
  const lines = callflows.flatMap((each) => [
    `${each.callflow.padEnd(width)}  ${shareText(each)}`,
    ...missedLines(each),
    ...neverLines(each, verbose),
  ]);
  if (callflows.length > 1) lines.push(`${'all'.padEnd(width)}  ${shareText(all)}`);
  return lines.map((line) => `${printable(line)}\n`).join('');
}

/** "44 of 47 paths (93 %)". */
export function shareText({ taken, of, percent }: Pick<Coverage, 'taken' | 'of' | 'percent'>): string {
  return `${taken} of ${counted(of, 'path')} (${percent} %)`;
}

/** The coverage as data for other programs. */
export function coverageData({ callflows, ...all }: Coverage): object {
  return {
    ...all,
    callflows: callflows.map(({ paths, ...callflow }) => ({
      ...callflow,
      paths: paths.map(({ edge: { from, path, to }, at: { line, column }, ...rest }) => ({
        block: from,
        path,
        to,
        line,
        column,
        ...rest,
      })),
    })),
  };
}

function missedLines({ paths }: CallflowCoverage): readonly string[] {
  return paths.filter(({ standing }) => standing === 'missed').map((path) => `  ${pathText(path)}`);
}

function neverLines({ paths }: CallflowCoverage, verbose: boolean): readonly string[] {
  const never = paths.filter(({ standing }) => standing === 'never');
  if (never.length === 0) return [];
  const head = `  ${counted(never.length, 'path')} that no call can take`;
  if (!verbose) return [head];
  return [`${head}:`, ...never.map((path) => `    ${pathText(path)}: ${path.why ?? ''}`)];
}

/** `callflows/two-factor.yaml:61:13  send: rejected -> not-delivered`. */
function pathText({ at, edge: { from, path, to, written } }: PathCoverage): string {
  const name = written === undefined ? path : `${written} (${path})`;
  return `${at.file}:${at.line}:${at.column}  ${from}: ${name} -> ${to}`;
}
