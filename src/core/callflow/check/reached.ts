import type { Edge } from '../graph.ts';

/** The targets of each node. */
export type Targets = ReadonlyMap<string, readonly string[]>;

export function targetsOf(edges: readonly Pick<Edge, 'from' | 'to'>[]): Targets {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const known = targets.get(from);
    if (known === undefined) targets.set(from, [to]);
    else known.push(to);
  }
  return targets;
}

/** Every node that the call can come to from these, they themselves included. */
export function reachedFrom(nodes: Iterable<string>, targets: Targets): ReadonlySet<string> {
  const reached = new Set(nodes);
  // A set goes on to what is added while it is walked.
  for (const node of reached) for (const to of targets.get(node) ?? []) reached.add(to);
  return reached;
}
