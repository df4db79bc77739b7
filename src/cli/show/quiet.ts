import type { Callflow } from '../../core/callflow/callflow.ts';
import type { Edge, Graph } from '../../core/callflow/graph.ts';
import { grouped } from '../../core/callflow/grouped.ts';

/** So many arrows that lead back to one block, or out to one exit, are too many to draw. */
const MANY_BACK = 3;
const MANY_OUT = 4;

/**
 * The edges that are told by a note inside their box, because as arrows they would hide the story: limits, technical
 * failures, the key 0 of the settings, a block's way to itself, the keys back to a menu that many come back to, and one
 * of several ways to an exit that many leave by.
 */
export function quietOnes(graph: Graph, callflow: Callflow): readonly Edge[] {
  const quiet = new Set(graph.edges.filter((edge) => isBoilerplate(edge, callflow)));
  const rest = (): readonly Edge[] => graph.edges.filter((edge) => !quiet.has(edge));
  const depth = depthsOf(graph.start, rest());
  const back = rest().filter(
    ({ from, to, by }) => by === 'key' && callflow.blocks.has(to) && (depth.get(to) ?? 0) < (depth.get(from) ?? 0),
  );
  for (const edges of grouped(back, ({ to }) => to).values())
    if (new Set(edges.map(({ from }) => from)).size >= MANY_BACK) for (const edge of edges) quiet.add(edge);
  const out = rest().filter(({ to }) => !callflow.blocks.has(to) && to !== 'success');
  for (const edges of grouped(out, ({ to }) => to).values())
    if (new Set(edges.map(({ from }) => from)).size >= MANY_OUT)
      for (const edge of edges)
        if (rest().some(({ from, to }) => from === edge.from && to !== edge.to)) quiet.add(edge);
  return graph.edges.filter((edge) => quiet.has(edge));
}

function isBoilerplate({ from, path, to, by }: Edge, callflow: Callflow): boolean {
  return (
    by === 'limit' ||
    from === to ||
    (by === 'itself' && path !== 'next' && to === 'error') ||
    (path === '0' && to === callflow.settings['zero-is'])
  );
}

/** How many arrows a caller has followed at least when they come to a block. */
function depthsOf(start: string, edges: readonly Edge[]): ReadonlyMap<string, number> {
  const depths = new Map([[start, 0]]);
  // A Map that grows is walked to its new end.
  for (const [name, depth] of depths)
    for (const { from, to } of edges) if (from === name && !depths.has(to)) depths.set(to, depth + 1);
  return depths;
}
