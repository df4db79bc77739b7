import { Graph, layout } from '@dagrejs/dagre';
import { grouped } from '../../../core/callflow/grouped.ts';
import type { Arrow } from '../picture.ts';
import type { Label, Point } from './layout.ts';
import type { Sized } from './rows.ts';
import { tie, type Item } from './settle.ts';
import { GAP } from './spacing.ts';

/** What is to be drawn; `spine` are the names that stand in one line, from the top. */
export interface Drawing {
  readonly shapes: readonly Sized[];
  readonly ways: readonly { readonly arrow: Arrow; readonly label: Label | null }[];
  readonly spine: readonly string[];
}

/** The middle of a shape, or a place where an arrow passes a row. */
export interface Spot extends Item {
  readonly y: number;
}

export interface Ranked {
  readonly shapes: ReadonlyMap<Sized, Spot>;
  readonly ways: readonly RankedWay[];
  /** From the top, each from the left; tied to each other along the arrows. */
  readonly rows: readonly (readonly Spot[])[];
}

interface RankedWay {
  readonly arrow: Arrow;
  readonly label: Label | null;
  readonly passes: readonly Spot[];
  /** The one of `passes` that the label stands on. */
  readonly labelled: Spot | null;
}

/** How straight the lines are wanted: between two shapes, at the end of a long arrow, inside one. */
const TIES = { short: 3, end: 2, inner: 8 };

/** What dagre makes of an edge; `y` is that of its label. */
interface DrawnEdge {
  readonly points: readonly Point[];
  readonly y?: number;
}

/** Rows by dagre, and in each row the order of the file; the spine is the leftmost of every row. */
export function ranked(drawing: Drawing): Ranked {
  const { shapes, ways, spine } = drawing;
  const graph = graphOf(drawing);
  layout(graph, { disableOptimalOrderHeuristic: true });
  const names = shapes.map(({ name }) => name);
  const id = (name: string): string => idOf(names, name);
  const spots = new Map(
    shapes.map((shape) => {
      const { x, y } = graph.node(id(shape.name)) as Point;
      return [shape, spotAt({ x, y, width: shape.width + GAP.node, box: true, fixed: spine.includes(shape.name) })];
    }),
  );
  const lines = ways.map(({ arrow, label }, index): RankedWay => {
    const edge = graph.edge(id(arrow.from), id(arrow.to), `e${index}`) as DrawnEdge;
    const fixed = isSpine(arrow, spine);
    // The first and the last point are those on the edges of the shapes.
    const passes = edge.points.slice(1, -1).map(({ x, y }) => {
      const width = label !== null && y === edge.y ? label.width : 0;
      return spotAt({ x, y, width: width + GAP.edge, box: false, fixed });
    });
    return { arrow, label, passes, labelled: passes.find(({ width }) => width > GAP.edge) ?? null };
  });
  return { shapes: spots, ways: lines, rows: rowsOf(spots, lines) };
}

function graphOf({ shapes, ways, spine }: Drawing): Graph {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ nodesep: GAP.node, edgesep: GAP.edge, ranksep: GAP.rank });
  const names = shapes.map(({ name }) => name);
  for (const { name, width, height } of shapes) graph.setNode(idOf(names, name), { width, height });
  const led = new Set<string>();
  for (const [index, { arrow, label }] of ways.entries()) {
    // A block stands near the one that first leads to it, however many ways it has further down.
    const near = !arrow.limit && !led.has(arrow.to) && ways.some((way) => way.arrow.from === arrow.to);
    if (!arrow.limit) led.add(arrow.to);
    graph.setEdge(
      idOf(names, arrow.from),
      idOf(names, arrow.to),
      {
        weight: near || isSpine(arrow, spine) ? 2 * ways.length - index : 1,
        labelpos: 'c',
        width: label?.width ?? 0,
        height: label?.height ?? 0,
      },
      `e${index}`,
    );
  }
  return graph;
}

/** Names may mean something to JavaScript; these do not. */
function idOf(names: readonly string[], name: string): string {
  return `n${names.indexOf(name)}`;
}

function isSpine({ from, to, limit }: Arrow, spine: readonly string[]): boolean {
  return !limit && spine.includes(from) && spine.indexOf(to) === spine.indexOf(from) + 1;
}

function spotAt(spot: Omit<Spot, 'ties'>): Spot {
  return { ...spot, ties: [] };
}

function rowsOf(shapes: Ranked['shapes'], ways: Ranked['ways']): Spot[][] {
  const named = new Map([...shapes].map(([{ name }, spot]) => [name, spot]));
  for (const { arrow, passes } of ways) {
    const chain = [named.get(arrow.from), ...passes, named.get(arrow.to)];
    for (const [index, spot] of chain.entries()) {
      const next = chain[index + 1];
      if (spot === undefined || next === undefined) continue;
      const inner = index > 0 && index < passes.length;
      tie(spot, next, inner ? TIES.inner : passes.length > 1 ? TIES.end : TIES.short);
    }
  }
  const spots = [...shapes.values(), ...ways.flatMap(({ passes }) => passes)];
  const leftmost = Math.min(...spots.map(({ x }) => x)) - 1;
  for (const spot of spots) if (spot.fixed) spot.x = leftmost;
  return [...grouped(spots, ({ y }) => Math.round(y))]
    .toSorted(([a], [b]) => a - b)
    .map(([, row]) => row.toSorted((a, b) => a.x - b.x));
}
