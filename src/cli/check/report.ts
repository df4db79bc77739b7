import { endColumn, formatFinding, type Finding } from '../../core/callflow/finding.ts';
import type { Output } from '../call/screen.ts';
import { counted } from '../counted.ts';
import { paintFor, paintFrame, type Paint } from '../paint.ts';
import { workflowCommand } from '../workflow-command.ts';
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
  const paint = paintFor(output);
  return findings
    .map((finding) => `${coloured(formatFinding(finding, texts.get(finding.at.file)), finding, paint)}\n`)
    .join('\n');
}

/** In colour: the place, what it is, and its line without its frame. */
function coloured(printed: string, { severity, code }: Finding, paint: Paint): string {
  const [head = '', ...lines] = printed.split('\n');
  const label = `  ${severity} ${code}  `;
  const at = head.indexOf(label);
  const painted = [
    paint('bold', head.slice(0, at)),
    paint(severity === 'error' ? 'red' : 'yellow', label),
    head.slice(at + label.length),
  ];
  return [painted.join(''), ...lines.map((line) => paintFrame(line, paint))].join('\n');
}

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

function annotation({ code, severity, message, fix, at: { file, line, column } }: Finding): string {
  return workflowCommand(severity, `${message}\n${fix}`, { file, line, col: column, title: code });
}
