import { styleText } from 'node:util';
import { counted } from '../counted.ts';
import type { CallResult } from './call-result.ts';
import type { DemoCall } from './demo-api.ts';
import { entryOf, type TranscriptEntry } from './transcript.ts';

/** Where text is printed: a terminal or not. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

const LABEL_WIDTH = 7;
const WIDEST = 100;

/** Prints one entry; colour only where the output is a terminal that wants it (NO_COLOR). */
export function printEntry(output: Output, entry: TranscriptEntry): void {
  switch (entry.kind) {
    case 'said':
      return printLabelled(output, { label: 'Line:', style: 'cyan', text: entry.text });
    case 'pressed':
      return printLabelled(output, { label: 'You:', style: 'green', text: entry.keys.split('').join(' ') });
    case 'spoke':
      return printLabelled(output, { label: 'You:', style: 'green', text: `"${entry.words}"` });
    case 'silent':
      return printLabelled(output, { label: 'You:', style: 'green', text: '(silence)' });
    case 'message':
      if (entry.method === 'authenticator')
        return printLabelled(output, { label: 'App:', style: 'yellow', text: entry.text });
      return printLabelled(output, {
        label: 'Inbox:',
        style: 'yellow',
        text: `${entry.method === 'email' ? 'email' : 'text message'} to ${entry.to}: "${entry.text}"`,
      });
    case 'dialled':
      return printLabelled(output, { label: 'Dial:', style: 'magenta', text: `${entry.to} (${entry.outcome})` });
    case 'queued':
      return printLabelled(output, { label: 'Queue:', style: 'magenta', text: `${entry.queue} (${entry.result})` });
    case 'ended':
      return printLabelled(output, { label: 'End:', style: 'dim', text: ENDED[entry.by] + (entry.to ?? '') });
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
  const exit = result.exit ?? 'none that the demo knows of';
  const verdict = result.asExpected ? 'as expected' : `${result.ends} was expected`;
  const counts = [
    counted(result.sends, 'send'),
    counted(result.attempts, 'attempt'),
    counted(result.requests, 'request'),
  ];
  const text = `${exit} (${verdict}), ${counts.join(', ')}`;
  output.write('\n');
  printLabelled(output, { label: 'Exit:', style: result.asExpected ? 'green' : 'red', text });
}

/** The start of a line: a coloured label in a column of its own. */
export function label(output: Output, { label, style }: { label: string; style: Style }): string {
  return styleText(style, label, { stream: output, validateStream: true }) + ' '.repeat(LABEL_WIDTH - label.length);
}

type Style = 'cyan' | 'green' | 'yellow' | 'magenta' | 'dim' | 'red';

function printLabelled(output: Output, line: { label: string; style: Style; text: string }): void {
  // A terminal that does not know its size says 0.
  const width = Math.min(output.columns || 80, WIDEST) - LABEL_WIDTH;
  output.write(`${label(output, line)}${wrap(line.text, width).join(`\n${' '.repeat(LABEL_WIDTH)}`)}\n`);
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
