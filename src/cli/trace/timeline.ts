import type { TracedCall } from '../../simulator/trace/trace-schema.ts';
import { markup, when, type Html } from '../../core/markup.ts';
import { counted } from '../counted.ts';
import { clock } from './in-words.ts';
import { barsOf, marksOf, type Bar, type Mark } from './timeline-marks.ts';

/** Pixels; a picture that is wider has more room between things, and none of them grows. */
const PER_SECOND = 18;
const NARROWEST = 1060;
const AXIS = 24;
const ROW = 26;
const GAP = 10;
const LETTER = 6.95;
const PADDING = 14;

const LANES = ['caller', 'server', 'events'] as const;
const LANE_NAMES = { line: 'Line', caller: 'Caller', server: 'Turns', events: 'Events' } as const;

interface Scale {
  /** Milliseconds from one end to the other. */
  readonly span: number;
  readonly width: number;
}

interface Lane {
  readonly name: keyof typeof LANE_NAMES;
  readonly y: number;
  readonly height: number;
  readonly drawn: readonly Html[];
}

/** A call along the telephone's clock. It is as wide as its page and scrolls where it needs more. */
export function timeline(call: TracedCall, name: string, failed: boolean): Html {
  const scale = scaleOf(call);
  const lanes = lanesOf(call, scale, failed);
  const height = lanes.reduce((end, lane) => Math.max(end, lane.y + lane.height), 0) + GAP / 2;
  const title = `Timeline of ${name}: ${clock(call.lasted)}, ${counted(call.events.filter(({ kind }) => kind === 'turn').length, 'turn')}. The transcript says the same in words.`;
  return markup`<div class="timeline"><svg class="lanes" aria-hidden="true" width="62" height="${height}">${lanes.map(
    (lane) => markup`<text x="0" y="${lane.y + 17}">${LANE_NAMES[lane.name]}</text>`,
  )}</svg><div class="scroll" tabindex="0" role="region" aria-label="Timeline of ${name}"><svg class="time" role="img" aria-label="${title}" width="${scale.width}" height="${height}">${axis(scale, height)}${lanes.map(
    ({ drawn }) => markup`${drawn}`,
  )}</svg></div></div>`;
}

function scaleOf(call: TracedCall): Scale {
  // Room for the label of what happens last.
  const after = 130;
  const width = Math.round(Math.max(NARROWEST, (call.lasted / 1000) * PER_SECOND + after));
  return { width, span: (Math.max(call.lasted, 5000) * width) / (width - after) };
}

function lanesOf(call: TracedCall, scale: Scale, failed: boolean): readonly Lane[] {
  const line: Lane = { name: 'line', y: AXIS + GAP, height: ROW, drawn: [] };
  const marks = marksOf(call, failed);
  const lanes: Lane[] = [{ ...line, drawn: barsOf(call).map((bar) => drawBar(bar, scale, line.y)) }];
  let y = line.y + ROW + GAP;
  for (const name of LANES) {
    const rows = inRows(
      marks.filter(({ lane }) => lane === name),
      scale,
    );
    if (rows.length === 0) continue;
    const drawn = rows.flatMap((row, index) => row.map((mark) => drawMark(mark, scale, y + index * ROW)));
    lanes.push({ name, y, height: rows.length * ROW, drawn });
    y += rows.length * ROW + GAP;
  }
  return lanes;
}

/** Marks that would lie on each other go below each other. */
function inRows(marks: readonly Mark[], scale: Scale): readonly (readonly Mark[])[] {
  const rows: { readonly marks: Mark[]; end: number }[] = [];
  for (const mark of marks) {
    const x = (mark.at / scale.span) * scale.width;
    let row = rows.find(({ end }) => end <= x);
    if (row === undefined) rows.push((row = { marks: [], end: 0 }));
    row.marks.push(mark);
    row.end = x + widthOf(mark) + 3;
  }
  return rows.map((row) => row.marks);
}

function widthOf({ label }: Mark): number {
  return Math.round(Math.max(22, Array.from(label).length * LETTER + PADDING));
}

function drawBar({ look, at, to, label, title }: Bar, { span, width }: Scale, y: number): Html {
  const pixels = ((to - at) / span) * width;
  return markup`<svg x="${percent(at, span)}" y="${y}" width="${percent(to - at, span)}" height="${ROW}" class="bar ${look}"><title>${title} (${clock(at)} to ${clock(to)})</title><rect width="100%" height="${ROW - 2}" y="1" rx="4"/>${when(
    label !== '' && pixels > 3 * LETTER,
    () => markup`<text x="5" y="17">${fitting(label, pixels - 7)}</text>`,
  )}</svg>`;
}

function drawMark(mark: Mark, { span }: Scale, y: number): Html {
  const width = widthOf(mark);
  return markup`<svg x="${percent(mark.at, span)}" y="${y}" width="${width}" height="${ROW}" class="mark ${mark.look}"><title>${mark.title} (${clock(mark.at)})</title><rect x="0.5" y="2.5" width="${width - 1}" height="${ROW - 6}" rx="5"/><text x="${width / 2}" y="17" text-anchor="middle">${mark.label}</text></svg>`;
}

/** As much of a label as there is room for. */
function fitting(label: string, pixels: number): string {
  const most = Math.floor(pixels / LETTER);
  const characters = Array.from(label);
  return characters.length <= most ? label : `${characters.slice(0, Math.max(1, most - 1)).join('')}…`;
}

function axis({ span, width }: Scale, height: number): Html {
  const wanted = (span * 70) / width;
  const step = STEPS.find((each) => each >= wanted) ?? 600_000;
  // The last label has to fit.
  const until = span * (1 - 40 / width);
  const ticks = Array.from({ length: Math.floor(until / step) + 1 }, (_, index) => index * step);
  return markup`${ticks.map(
    (at) =>
      markup`<line class="tick" x1="${percent(at, span)}" x2="${percent(at, span)}" y1="${AXIS - 6}" y2="${height}"/><svg x="${percent(at, span)}" y="0" width="60" height="${AXIS}"><text class="tick-label" x="2" y="13">${Math.floor(at / 60_000)}:${String((at % 60_000) / 1000).padStart(2, '0')}</text></svg>`,
  )}`;
}

/** Milliseconds between two lines of the axis. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300].map((seconds) => seconds * 1000);

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100_000) / 1000}%`;
}
