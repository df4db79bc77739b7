import { styleText } from 'node:util';
import { formatFinding, type Finding, type Place } from '../../core/callflow/finding.ts';
import type { Output } from '../call/screen.ts';
import { counted } from '../counted.ts';
import type { Checked } from './check-files.ts';

export const FORMATS = ['text', 'json', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** What is printed on stdout, `\n` at its end included; empty where there is nothing to say. */
export function report(checked: Checked, format: Format, stdout: Output): string {
  switch (format) {
    case 'text':
      return textOf(checked, stdout);
    case 'json':
      return `${JSON.stringify(documentOf(checked), null, 2)}\n`;
    case 'github':
      return checked.findings.map((finding) => `${annotation(finding)}\n`).join('');
  }
}

/** Findings on stdout, what there was on stderr. */
export function printChecked(checked: Checked, format: Format): void {
  process.stdout.write(report(checked, format, process.stdout));
  const gap = format === 'text' && checked.findings.length > 0 ? '\n' : '';
  process.stderr.write(`${gap}${summary(checked)}\n`);
}

/** What is said on stderr at the end. */
export function summary({ findings, texts, callflows, languages, prompts }: Checked): string {
  const { errors, warnings } = tally(findings);
  const [first] = findings;
  if (first === undefined)
    return `Nothing to mend: ${counted(callflows, 'callflow')}, ${counted(languages, 'language')}, ${counted(prompts, 'prompt')}.`;
  const found = [errors === 0 ? [] : counted(errors, 'error'), warnings === 0 ? [] : counted(warnings, 'warning')];
  return `${found.flat().join(' and ')} in ${counted(texts.size, 'file')}.\nnpx dialproof explain ${first.code} says more.`;
}

export function tally(findings: readonly Finding[]): { readonly errors: number; readonly warnings: number } {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return { errors, warnings: findings.length - errors };
}

function textOf({ findings, texts }: Checked, output: Output): string {
  return findings
    .map((finding) => `${coloured(formatFinding(finding, texts.get(finding.at.file)), finding, output)}\n`)
    .join('\n');
}

/** Colour where the output is a terminal that wants it (NO_COLOR): the place, what it is, and its line without its frame. */
function coloured(printed: string, { severity, code }: Finding, output: Output): string {
  const style = (format: Style, text: string): string =>
    styleText(format, text, { stream: output, validateStream: true });
  const [head = '', ...lines] = printed.split('\n');
  const label = `  ${severity} ${code}  `;
  const at = head.indexOf(label);
  const painted = [
    style('bold', head.slice(0, at)),
    style(severity === 'error' ? 'red' : 'yellow', label),
    head.slice(at + label.length),
  ];
  return [
    painted.join(''),
    ...lines.map((line) =>
      line
        .replace(/^ +\d* +\|(?= )/, (frame) => style('dim', frame))
        .replace(/(?<= )\^+$/, (caret) => style('red', caret)),
    ),
  ].join('\n');
}

type Style = Parameters<typeof styleText>[0];

function documentOf({ findings, texts }: Checked): object {
  return {
    findings: findings.map(({ code, severity, message, fix, at }) => ({
      code,
      severity,
      file: at.file,
      line: at.line,
      column: at.column,
      endColumn: endColumn(at),
      message,
      fix,
    })),
    summary: { ...tally(findings), files: texts.size },
  };
}

/** A workflow command of GitHub Actions: it shows the finding beside the line in the change. */
function annotation({ code, severity, message, fix, at: { file, line, column } }: Finding): string {
  const properties = Object.entries({ file, line, col: column, title: code })
    .map(([name, value]) => `${name}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
    .join(',');
  return `::${severity} ${properties}::${escaped(`${message}\n${fix}`)}`;
}

/** The column after the last one, in the same line. */
function endColumn({ column, length = 1 }: Place): number {
  return column + length;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
