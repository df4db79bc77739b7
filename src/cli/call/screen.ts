import { counted } from '../counted.ts';
import { paintFor, type Paint, type Style } from '../paint.ts';
import type { CallResult } from './call-result.ts';
import type { DemoCall } from './demo-api.ts';
import { entryOf, type TranscriptEntry } from './transcript.ts';

/** Where text is printed: a terminal or not. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

const LABEL_WIDTH = 7;
const WIDEST = 100;

/** A line of a transcript: who it is, in a column of its own, and what. */
export interface Labelled {
  readonly label: string;
  readonly style: Style;
  readonly text: string;
}

/** Prints one entry; colour only where the output is a terminal that wants it (NO_COLOR). */
export function printEntry(output: Output, entry: TranscriptEntry): void {
  printLabelled(output, labelled(entry));
}

export function labelled(entry: TranscriptEntry): Labelled {
  switch (entry.kind) {
    case 'said':
      return { label: 'Line:', style: 'cyan', text: entry.text };
    case 'pressed':
      return { label: 'You:', style: 'green', text: entry.keys.split('').join(' ') };
    case 'spoke':
      return { label: 'You:', style: 'green', text: `"${entry.words}"` };
    case 'silent':
      return { label: 'You:', style: 'green', text: '(silence)' };
    case 'message':
      if (entry.method === 'authenticator') return { label: 'App:', style: 'yellow', text: entry.text };
      return {
        label: 'Inbox:',
        style: 'yellow',
        text: `${entry.method === 'email' ? 'email' : 'text message'} to ${entry.to}: "${entry.text}"`,
      };
    case 'dialled':
      return { label: 'Dial:', style: 'magenta', text: `${entry.to} (${entry.outcome})` };
    case 'queued':
      return { label: 'Queue:', style: 'magenta', text: `${entry.queue} (${entry.result})` };
    case 'ended':
      return { label: 'End:', style: 'dim', text: ENDED[entry.by] + (entry.to ?? '') };
  }
}

/** Prints all messages of the call so far. */
export function printInbox(output: Output, messages: DemoCall['messages']): void {
  if (messages.length === 0) printLabelled(output, { label: 'Inbox:', style: 'yellow', text: '(empty)' });
  for (const message of messages) printEntry(output, entryOf(message));
}

const ENDED = {
  caller: 'you hung up',
  line: 'the line hung up',
  elsewhere: 'the call was handed over to ',
} as const;

/** The last line: the exit, whether it was the expected one, and the counters. */
export function printResult(output: Output, result: CallResult): void {
  output.write('\n');
  printLabelled(output, { label: 'Exit:', style: result.asExpected ? 'green' : 'red', text: exitOf(result) });
  // In a line of its own, to be copied whole.
  if (!result.demo) output.write(`${' '.repeat(LABEL_WIDTH)}npx dialproof calls ${result.call}\n`);
}

function exitOf(result: CallResult): string {
  if (!result.demo) return 'not known: this server has no demo company. What happened:';
  const exit = result.exit ?? 'none that the demo knows of';
  const verdict = result.asExpected ? 'as expected' : `${result.ends} was expected`;
  const counts = [
    counted(result.sends, 'send'),
    counted(result.attempts, 'attempt'),
    counted(result.requests, 'request'),
  ];
  return `${exit} (${verdict}), ${counts.join(', ')}`;
}

/** The start of a line: a coloured label in a column of its own. */
export function label(output: Output, { label, style }: Pick<Labelled, 'label' | 'style'>): string {
  return inColumn({ label, style }, paintFor(output));
}

function inColumn({ label, style }: Pick<Labelled, 'label' | 'style'>, paint: Paint): string {
  return paint(style, label) + ' '.repeat(LABEL_WIDTH - label.length);
}

/** How lines are written. */
export interface Look {
  /** Columns of a line. */
  readonly width: number;
  readonly paint: Paint;
}

/** Columns of a text on this output. */
export function widthOf(output: Output): number {
  // A terminal that does not know its size says 0.
  return Math.min(output.columns || 80, WIDEST);
}

export function labelledLines(line: Labelled, { width, paint }: Look): readonly string[] {
  return wrap(line.text, width - LABEL_WIDTH).map(
    (text, index) => `${index === 0 ? inColumn(line, paint) : ' '.repeat(LABEL_WIDTH)}${text}`,
  );
}

function printLabelled(output: Output, line: Labelled): void {
  const lines = labelledLines(line, { width: widthOf(output), paint: paintFor(output) });
  output.write(`${lines.join('\n')}\n`);
}

export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
