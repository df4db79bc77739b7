import { styleText } from 'node:util';
import type { Change } from '../../core/callflow/compare/change.ts';
import { counted } from '../../core/callflow/in-words.ts';
import { wrap, type Output } from '../call/screen.ts';
import type { Differences } from './differences.ts';

type Style = Parameters<typeof styleText>[0];

const WIDEST = 100;

/** Prints the changes callflow by callflow; colour only where the output is a terminal that wants it. */
export function printDifferences(output: Output, { same, files, callflows }: Differences): void {
  if (same) return void output.write(`${wrapped(output, files.length === 0 ? SAME : onlyWritten(files), 0)}\n`);
  for (const { callflow, changes } of callflows) {
    output.write(`${coloured(output, 'bold', callflow ?? 'All callflows')}\n\n`);
    for (const change of changes) printChange(output, change);
    output.write('\n');
  }
  const all = callflows.flatMap(({ changes }) => changes);
  output.write(`${wrapped(output, total(all), 0)}\n`);
}

const SAME = 'Both versions are the same.';

function onlyWritten(files: readonly string[]): string {
  return `Nothing that a caller would notice has changed, only how it is written: ${files.join(', ')}.`;
}

function printChange(output: Output, { text, before, after, security }: Change): void {
  const sentence = security === null ? text : `${text} (${security})`;
  const mark = security === 'looser' ? coloured(output, 'yellow', '!') : ' ';
  output.write(`${mark} ${wrapped(output, sentence, 2)}\n`);
  if (before !== undefined) output.write(`    ${coloured(output, 'red', `- ${wrapped(output, `"${before}"`, 6)}`)}\n`);
  if (after !== undefined) output.write(`    ${coloured(output, 'green', `+ ${wrapped(output, `"${after}"`, 6)}`)}\n`);
}

function wrapped(output: Output, text: string, indent: number): string {
  // A terminal that does not know its size says 0.
  const width = Math.min(output.columns || 80, WIDEST) - indent;
  return wrap(text, width).join(`\n${' '.repeat(indent)}`);
}

/** What was compared, and no more: what a block says is for its designer to judge. */
const NONE_LOOSER =
  'None of them leads around the code to success or to a block behind a right code, or makes codes or limits looser.';

function total(changes: readonly Change[]): string {
  const looser = changes.filter(({ security }) => security === 'looser').length;
  const all = `${counted(changes.length, 'change')}.`;
  if (looser === 0) return `${all} ${NONE_LOOSER}`;
  const marked = looser === 1 ? 'The one marked ! makes' : `The ${looser} marked ! make`;
  return `${all} ${marked} it easier to get through without being who one says.`;
}

function coloured(output: Output, style: Style, text: string): string {
  return styleText(style, text, { stream: output, validateStream: true });
}
