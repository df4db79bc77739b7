/** What came of breaking each guard. */
export interface Row {
  readonly guard: string;
  /** Under `src/`. */
  readonly file: string;
  /** The test file that noticed, from the root of the repository. */
  readonly proof: string;
  /** The first of its tests that went red. */
  readonly title: string;
}

export const REPORT = 'docs/guards.md';

const HEAD = `# Guards, and what notices when one is gone

Each of these lines keeps attackers out or a count right. \`npm run test:guards\` breaks them one at a time in a copy of the
repository, runs the tests that are about it, and writes down the first one that goes red. A guard that nothing misses fails it.

| guard | in | the test that goes red without it |
|---|---|---|
`;

export function writeReport(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ guard, file, proof, title }) =>
      `| ${guard} | [\`src/${file}\`](../src/${file}) | [${title.replaceAll('|', '\\|')}](../${proof}) |\n`,
  );
  return `${HEAD}${lines.join('')}`;
}

/** The rows of a report as it is written. */
export function readReport(report: string): readonly Row[] {
  const row = /^\| (.*) \| \[`src\/(.*)`\]\(.*\) \| \[(.*)\]\(\.\.\/(.*)\) \|$/gm;
  return [...report.matchAll(row)].map(([, guard = '', file = '', title = '', proof = '']) => ({
    guard,
    file,
    proof,
    title,
  }));
}
