import type { DescribedExit } from '../../../core/callflow/describe-exit.ts';
import type { Box } from '../picture.ts';
import { linesOf, widthOf, type Font } from './measure-text.ts';

/** One line of text in a shape, its baseline `y` from the top. */
export interface Row {
  readonly y: number;
  readonly runs: readonly Run[];
}

export interface Run {
  readonly text: string;
  readonly style: keyof typeof FONTS;
}

/** A box or an exit with its texts, before it has a place. */
export interface Sized {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly Row[];
  /** Where its rows begin, from the left. */
  readonly indent: number;
  /** Where a thin line parts the notes from the rest, from the top. */
  readonly rule: number | null;
}

/** The style sheet has a class for each. Pixels; `leading` from line to line. */
export const FONTS = {
  title: { size: 17, bold: true, leading: 23 },
  name: { size: 14, bold: true, leading: 17 },
  verb: { size: 11.5, bold: true, leading: 16 },
  detail: { size: 11.5, leading: 16 },
  words: { size: 12, leading: 15.5 },
  note: { size: 11, leading: 14.5 },
  to: { size: 11, bold: true, leading: 14.5 },
  label: { size: 11.5, bold: true, leading: 14 },
} as const satisfies Readonly<Record<string, Font & { readonly leading: number }>>;

const WIDEST_LINE = 206;
const NARROWEST_LINE = 96;
const PADDING = 10;
const INDENT = 14;
/** Left of the texts of an exit stands its sign. */
const EXIT = { indent: 38, right: 20 };
/** Keeps what is parted by a colour in one piece. */
const SPACE = '\u00a0';

/** A block: name, verb, what callers hear, and under a thin line where its notes lead. */
export function sizedBox({ name, verb, detail, text, notes }: Box): Sized {
  const words =
    text === null ? [] : text.spoken ? lines(`“${text.words}”`, 'words', { more: '…”' }) : lines(text.words, 'words');
  const upper = [...single(lines(name, 'name')), ...verbLines(verb, detail), ...single(words)];
  const lower = notes.flatMap(({ when, to }) => noteLines(when.join(', '), to));
  return { name, ...stacked(upper, lower, { left: INDENT, right: INDENT }) };
}

export function sizedExit({ name, does }: DescribedExit): Sized {
  const upper = single([...lines(name, 'name'), ...lines(does, 'detail')]);
  return { name, ...stacked(upper, [], { left: EXIT.indent, right: EXIT.right }) };
}

function lines(text: string, style: Run['style'], { more = '…' } = {}): readonly Run[] {
  const most = style === 'words' || style === 'detail' ? 2 : 3;
  return linesOf(text, { font: FONTS[style], width: WIDEST_LINE, most, more }).map((each) => ({ text: each, style }));
}

function single(runs: readonly Run[]): readonly (readonly Run[])[] {
  return runs.map((run) => [run]);
}

function verbLines(verb: string, detail: string): readonly (readonly Run[])[] {
  if (detail === '') return single(lines(verb, 'verb'));
  const width = WIDEST_LINE - widthOf(verb + SPACE, FONTS.verb);
  const [first = '', ...rest] = linesOf(detail, { font: FONTS.detail, width, most: 2 });
  return [
    [
      { text: verb + SPACE, style: 'verb' },
      { text: first, style: 'detail' },
    ],
    ...rest.map((each): readonly Run[] => [{ text: each, style: 'detail' }]),
  ];
}

/** "3 silences or wrong keys → agent", the target in the last line where there is room. */
function noteLines(when: string, to: string): readonly (readonly Run[])[] {
  const all = lines(when.replaceAll(/(?<=\d|key) /g, SPACE), 'note');
  const last = all.at(-1);
  const arrow: Run = { text: `→${SPACE}`, style: 'note' };
  const width = WIDEST_LINE - widthOf(arrow.text, FONTS.note);
  const target = linesOf(to, { font: FONTS.to, width, most: 1 }).map((each): Run => ({ text: each, style: 'to' }));
  const joined = [...(last === undefined ? [] : [{ ...last, text: last.text + SPACE }]), arrow, ...target];
  return widthOfRuns(joined) <= WIDEST_LINE
    ? [...single(all.slice(0, -1)), joined]
    : [...single(all), [arrow, ...target]];
}

function stacked(
  upper: readonly (readonly Run[])[],
  lower: readonly (readonly Run[])[],
  indent: { readonly left: number; readonly right: number },
): Omit<Sized, 'name'> {
  let y = PADDING;
  const place = (runs: readonly Run[]): Row => {
    y += FONTS[runs[0]?.style ?? 'words'].leading;
    return { y: y - 4, runs };
  };
  const rows = upper.map(place);
  const rule = lower.length === 0 ? null : y + 5;
  if (rule !== null) y = rule + 3;
  rows.push(...lower.map(place));
  const widest = Math.max(NARROWEST_LINE, ...rows.map(({ runs }) => widthOfRuns(runs)));
  return {
    width: Math.ceil(widest) + indent.left + indent.right,
    height: Math.ceil(y + PADDING - 2),
    rows,
    indent: indent.left,
    rule,
  };
}

function widthOfRuns(runs: readonly Run[]): number {
  return runs.reduce((sum, { text, style }) => sum + widthOf(text, FONTS[style]), 0);
}
