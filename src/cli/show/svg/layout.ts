import type { Arrow, Picture, Standing } from '../picture.ts';
import { mainWay, START } from './main-way.ts';
import { linesOf, widthOf } from './measure-text.ts';
import { ranked, type Ranked, type Spot } from './rank.ts';
import { FONTS, sizedBox, sizedExit, type Sized } from './rows.ts';
import { settle, unbend } from './settle.ts';
import { GAP } from './spacing.ts';
import { uncrossed } from './uncross.ts';

/** In pixels, from the left upper corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Placed = Sized & Point;

export interface Way {
  readonly arrow: Arrow;
  /** Where it passes the rows between its two ends, from the first to the last. */
  readonly passes: readonly Point[];
  readonly label: (Label & Point) | null;
}

/** The lines of a label; its point is its middle. */
export interface Label {
  readonly lines: readonly string[];
  readonly width: number;
  readonly height: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** The lines at the top. */
  readonly title: readonly string[];
  /** Below them; the point is the left end of the line that it explains. */
  readonly legend: readonly (Point & { readonly standing: Standing; readonly text: string })[];
  readonly placed: ReadonlyMap<string, Placed>;
  readonly ways: readonly Way[];
}

/** From the left end of a line of the legend to its text. */
export const LEGEND_LINE = 44;
const LABEL_WIDTH = 150;
const LABEL_PADDING = { x: 6, y: 2 };
const DOT: Sized = { name: START, width: 14, height: 14, rows: [], indent: 0, rule: null };

/** Gives every box, exit, arrow and label a place. The same picture always gets the same places. */
export function laidOut(picture: Picture): Layout {
  const shapes = [DOT, ...picture.boxes.map(sizedBox), ...picture.exits.map(sizedExit)];
  const arrows = [{ from: START, to: picture.start, labels: [], limit: false }, ...picture.arrows];
  const joined = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  const drawing = {
    shapes: shapes.filter(({ name }) => joined.has(name)),
    ways: arrows.map((arrow) => ({ arrow, label: labelOf(arrow) })),
    spine: mainWay(picture),
  };
  const drawn = ranked(drawing);
  const rows = uncrossed(drawn.rows);
  settle(rows);
  const rowOf = new Map(rows.flatMap((row) => row.map((spot) => [spot, row] as const)));
  // Straightening one line may make room for another.
  for (let time = 0; time < 3; time++)
    for (const { passes } of drawn.ways) if (passes[0]?.fixed === false) unbend(passes, rowOf);
  const apart = shapes.filter(({ name }) => !joined.has(name));
  return onCanvas(drawn, apart, picture);
}

function labelOf({ labels }: Arrow): Label | null {
  const lines = linesOf(labels.join(', '), { font: FONTS.label, width: LABEL_WIDTH, most: 4 });
  if (lines.length === 0) return null;
  return {
    lines,
    width: Math.ceil(Math.max(...lines.map((line) => widthOf(line, FONTS.label)))) + 2 * LABEL_PADDING.x,
    height: lines.length * FONTS.label.leading + 2 * LABEL_PADDING.y,
  };
}

/** Puts all of it on a canvas, under its title; in a row at the bottom the exits that no arrow leads to. */
function onCanvas({ shapes, ways, rows }: Ranked, apart: readonly Sized[], picture: Picture): Layout {
  const { title, legend = [] } = picture;
  const spots = rows.flat();
  const left = Math.min(...spots.map(({ x, width }) => x - width / 2)) - GAP.margin / 2;
  const right = Math.max(...spots.map(({ x, width }) => x + width / 2)) - left;
  const bottomRow = apart.reduce((sum, { width }) => sum + width + GAP.node, GAP.margin - GAP.node);
  const legendWidth = Math.max(0, ...legend.map(({ text }) => LEGEND_LINE + widthOf(text, FONTS.detail) + GAP.margin));
  const width = Math.ceil(Math.max(bottomRow, right, legendWidth) + GAP.margin / 2);
  const lines = linesOf(title, { font: FONTS.title, width: width - 2 * GAP.margin, most: 3 });
  const legendTop = GAP.margin + lines.length * FONTS.title.leading + GAP.title;
  const head = legendTop + legend.length * GAP.legend + (legend.length === 0 ? 0 : GAP.title);
  const top = Math.min(...[...shapes].map(([{ height }, { y }]) => y - height / 2)) - head;
  const at = ({ x, y }: Spot): Point => ({ x: x - left, y: y - top });
  const placed = new Map<string, Placed>();
  for (const [shape, spot] of shapes) {
    const { x, y } = at(spot);
    placed.set(shape.name, { ...shape, x: x - shape.width / 2, y: y - shape.height / 2 });
  }
  const y = bottomOf(placed) + GAP.rank;
  let x = GAP.margin;
  for (const shape of apart) {
    placed.set(shape.name, { ...shape, x, y });
    x += shape.width + GAP.node;
  }
  return {
    width,
    height: Math.ceil(bottomOf(placed) + GAP.margin),
    title: lines,
    legend: legend.map((each, index) => ({ ...each, x: GAP.margin, y: legendTop + (index + 0.5) * GAP.legend })),
    placed,
    ways: ways.map(({ arrow, label, labelled, passes }) => ({
      arrow,
      passes: passes.map(at),
      label: label === null || labelled === null ? null : { ...label, ...at(labelled) },
    })),
  };
}

function bottomOf(placed: ReadonlyMap<string, Placed>): number {
  return Math.max(...[...placed.values()].map(({ y, height }) => y + height));
}
