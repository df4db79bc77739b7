import { transcript, type Utterance } from '../../../core/call/verbs.ts';
import { wrap } from '../../call/screen.ts';

/** One line of a script. */
export type Line =
  | { readonly kind: 'line'; readonly spoken: readonly Utterance[] }
  /** What the caller does: "press 1". */
  | { readonly kind: 'you'; readonly does: string }
  | { readonly kind: 'message'; readonly method: string; readonly text: string }
  /** What nobody hears, in brackets. */
  | { readonly kind: 'note'; readonly text: string };

const LABEL_WIDTH = 7;
const WIDTH = 80;
const MESSAGES: Readonly<Record<string, string>> = { email: 'Email:', sms: 'Text:' };

/** The lines as a screenplay has them: who speaks, and what. */
export function screenplay(lines: readonly Line[]): string {
  return lines.map(written).join('');
}

export function wordsOf(spoken: readonly Utterance[]): string {
  return spoken
    .map(({ parts }) => transcript(parts))
    .filter((text) => text !== '')
    .join(' ');
}

function written(line: Line): string {
  switch (line.kind) {
    case 'line':
      return labelled('Line:', [wordsOf(line.spoken)]);
    case 'you':
      return labelled('You:', [line.does]);
    case 'message':
      return labelled(MESSAGES[line.method] ?? 'Sent:', line.text.trim().split(/\n+/));
    case 'note':
      return labelled('', [`(${line.text})`]);
  }
}

function labelled(label: string, paragraphs: readonly string[]): string {
  const lines = paragraphs.flatMap((text) => wrap(text, WIDTH - LABEL_WIDTH));
  return lines.map((text, index) => `${(index === 0 ? label : '').padEnd(LABEL_WIDTH)}${text}\n`).join('');
}
