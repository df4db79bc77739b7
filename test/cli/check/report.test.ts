import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Checked } from '../../../src/cli/check/check-files.ts';
import { report, summary } from '../../../src/cli/check/report.ts';
import type { Finding } from '../../../src/core/callflow/finding.ts';

const FILE = 'callflows/a,b:c%.yaml';

const TEXTS = new Map([[FILE, 'one: 1\ntwo: 2\n']]);

const finding = (severity: 'error' | 'warning', message = 'It is wrong.'): Finding => ({
  code: 'CF201',
  severity,
  message,
  fix: 'Write it right.',
  at: { file: FILE, line: 1, column: 6 },
});

const checked = (...findings: readonly Finding[]): Checked => ({
  findings,
  texts: TEXTS,
  contents: TEXTS,
  callflows: 1,
  languages: 1,
  prompts: 1,
});

const terminal = Object.assign(new PassThrough(), { isTTY: true });

describe('the report', () => {
  it('as annotations keeps every sign in its place', () => {
    const said = report(checked(finding('error', '100%: a, b\r\nc')), 'github', new PassThrough());
    expect(said).toBe(
      '::error file=callflows/a%2Cb%3Ac%25.yaml,line=1,col=6,title=CF201::100%25: a, b%0D%0Ac%0AWrite it right.\n',
    );
  });

  it('has no colour where it is not read on a terminal', () => {
    const said = report(checked(finding('error'), finding('warning')), 'text', new PassThrough());
    expect(said).toBe(
      `${FILE}:1:6  error CF201  It is wrong.\n  1 | one: 1\n    |      ^\n  Write it right.\n\n${FILE}:1:6  warning CF201  It is wrong.\n  1 | one: 1\n    |      ^\n  Write it right.\n`,
    );
  });

  it('on a terminal differs from that only in colour', () => {
    const findings = checked(finding('error'), finding('warning'));
    const said = report(findings, 'text', terminal);
    expect(stripVTControlCharacters(said)).toBe(report(findings, 'text', new PassThrough()));
    expect(said.split('\n')).toEqual([
      `\u001B[1m${FILE}:1:6\u001B[22m\u001B[31m  error CF201  \u001B[39mIt is wrong.`,
      '\u001B[2m  1 |\u001B[22m one: 1',
      '\u001B[2m    |\u001B[22m      \u001B[31m^\u001B[39m',
      '  Write it right.',
      '',
      `\u001B[1m${FILE}:1:6\u001B[22m\u001B[33m  warning CF201  \u001B[39mIt is wrong.`,
      '\u001B[2m  1 |\u001B[22m one: 1',
      '\u001B[2m    |\u001B[22m      \u001B[31m^\u001B[39m',
      '  Write it right.',
      '',
    ]);
  });
});

describe('the summary', () => {
  it.each([
    [[], 'Nothing to mend: 1 callflow, 1 language, 1 prompt.'],
    [[finding('error')], '1 error in 1 file.\nnpx dialproof explain CF201 says more.'],
    [
      [finding('error'), finding('error'), finding('warning')],
      '2 errors and 1 warning in 1 file.\nnpx dialproof explain CF201 says more.',
    ],
    [[finding('warning'), finding('warning')], '2 warnings in 1 file.\nnpx dialproof explain CF201 says more.'],
  ])('%#', (findings, said) => {
    expect(summary(checked(...findings))).toBe(said);
  });
});
