import { grouped } from '../../../core/callflow/grouped.ts';
import type { Layout, Placed, Point, Way } from './layout.ts';
import { number } from './markup.ts';

interface End {
  readonly way: Way;
  readonly at: 'from' | 'to';
  readonly shape: Placed;
  readonly side: 'top' | 'bottom';
  /** Where the way wants to go from here. */
  readonly towards: number;
}

const INSET = 18;
const APART = 16;

interface Ports {
  readonly from: Point;
  readonly to: Point;
}

export interface Route {
  /** Of an SVG path; ends where the head of the arrow begins. */
  readonly path: string;
  readonly tip: Point;
  /** Whether the arrow arrives from below. */
  readonly up: boolean;
}

const HEAD = 7;

/** The line of every arrow. */
export function routesOf(layout: Layout): ReadonlyMap<Way, Route> {
  const rows = rowsOf(layout);
  return new Map([...portsOf(layout)].map(([way, ports]) => [way, routeOf(way, ports, rows)]));
}

/** Where each arrow leaves and arrives: side by side along the edge of a shape, in the order that does not cross. */
function portsOf(layout: Layout): ReadonlyMap<Way, Ports> {
  const ends = layout.ways.flatMap((way) => [endOf(way, 'from', layout), endOf(way, 'to', layout)]);
  const places = new Map<Way, { from?: Point; to?: Point }>();
  const sides = new Map<string, End[]>();
  for (const end of ends) {
    const key = `${end.shape.name} ${end.side}`;
    sides.set(key, [...(sides.get(key) ?? []), end]);
  }
  for (const side of sides.values()) {
    const sorted = side.toSorted((a, b) => a.towards - b.towards);
    const xs = spread(sorted);
    for (const [index, { way, at, shape, side: where }] of sorted.entries()) {
      const point = { x: xs[index] ?? shape.x, y: where === 'top' ? shape.y : shape.y + shape.height };
      places.set(way, { ...places.get(way), [at]: point });
    }
  }
  return places as ReadonlyMap<Way, Ports>;
}

function endOf(way: Way, at: 'from' | 'to', { placed }: Layout): End {
  const shape = placed.get(way.arrow[at]) as Placed;
  const other = placed.get(way.arrow[at === 'from' ? 'to' : 'from']) as Placed;
  const { x, y } = (at === 'from' ? way.passes[0] : way.passes.at(-1)) ?? {
    x: (Math.max(shape.x, other.x) + Math.min(shape.x + shape.width, other.x + other.width)) / 2,
    y: other.y + other.height / 2,
  };
  return { way, at, shape, side: y < shape.y + shape.height / 2 ? 'top' : 'bottom', towards: x };
}

/** As near as possible to where each wants to go, but inside the shape and apart from each other. */
function spread(ends: readonly End[]): readonly number[] {
  const [first] = ends;
  if (first === undefined) return [];
  const { x, width } = first.shape;
  const inset = Math.min(INSET, width / 2);
  const left = x + inset;
  const right = x + width - inset;
  // The first keeps its place where the others find room beside it.
  const room = right - Math.min(Math.max(left, first.towards), (left + right) / 2);
  const apart = Math.min(APART, room / Math.max(1, ends.length - 1));
  const xs = ends.map(({ towards }) => Math.min(right, Math.max(left, towards)));
  for (let index = 1; index < xs.length; index++) xs[index] = Math.max(xs[index] ?? 0, (xs[index - 1] ?? 0) + apart);
  for (let index = xs.length - 1; index >= 0; index--)
    xs[index] = Math.min(xs[index] ?? 0, index === xs.length - 1 ? right : (xs[index + 1] ?? 0) - apart);
  return xs;
}

type Rows = readonly { readonly top: number; readonly bottom: number }[];

/** From port to port, straight as long as there are boxes to the left or right. */
function routeOf(way: Way, { from, to }: Ports, rows: Rows): Route {
  const middle = [from, ...way.passes, to].flatMap(({ x, y }) => {
    const row = rows.find(({ top, bottom }) => y >= top && y <= bottom);
    if (row === undefined) return [{ x, y }];
    const ends = [row.top, row.bottom].map((each) => ({ x, y: each }));
    return from.y < to.y ? ends : ends.toReversed();
  });
  const up = from.y > to.y;
  const end = { x: to.x, y: to.y + (up ? HEAD : -HEAD) };
  // Of the rows that it comes from and goes to, only the near side.
  return { path: smooth([from, ...middle.slice(1, -1), end]), tip: to, up };
}

/** A line that is upright at each of the points. */
function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points;
  let before = first ?? { x: 0, y: 0 };
  let path = `M${pair(before)}`;
  for (const point of rest) {
    const middle = (before.y + point.y) / 2;
    path +=
      Math.abs(point.x - before.x) < 0.1
        ? `L${pair(point)}`
        : `C${pair({ x: before.x, y: middle })} ${pair({ x: point.x, y: middle })} ${pair(point)}`;
    before = point;
  }
  return path;
}

function pair({ x, y }: Point): string {
  return `${number(x)} ${number(y)}`;
}

function rowsOf({ placed }: Layout): Rows {
  const shapes = [...placed.values()];
  return [...grouped(shapes, ({ y, height }) => Math.round(y + height / 2)).values()].map((row) => ({
    top: Math.min(...row.map(({ y }) => y)),
    bottom: Math.max(...row.map(({ y, height }) => y + height)),
  }));
}
