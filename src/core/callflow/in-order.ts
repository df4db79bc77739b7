import type { Finding } from './finding.ts';

/** By file; in each file errors first, then by place. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  const rank = ({ severity }: Finding): number => (severity === 'error' ? 0 : 1);
  return findings.toSorted(
    (a, b) =>
      compare(a.at.file, b.at.file) ||
      rank(a) - rank(b) ||
      a.at.line - b.at.line ||
      a.at.column - b.at.column ||
      compare(a.code, b.code),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
