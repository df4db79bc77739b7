import type { Edge } from '../graph.ts';

type Arrow = Pick<Edge, 'from' | 'to'>;

/** The targets of each node, by the list of arrows: rules walk the same list many times. */
const targetsBy = new WeakMap<readonly Arrow[], ReadonlyMap<string, readonly string[]>>();

/** All nodes that the arrows lead to from these, these included. */
export function reachable(from: Iterable<string>, arrows: readonly Arrow[]): ReadonlySet<string> {
  const targets = targetsBy.get(arrows) ?? targetsOf(arrows);
  targetsBy.set(arrows, targets);
  const reached = new Set(from);
  // A set goes on to what is added while it is walked.
  for (const node of reached) for (const to of targets.get(node) ?? []) reached.add(to);
  return reached;
}

function targetsOf(arrows: readonly Arrow[]): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>();
  for (const { from, to } of arrows) {
    const known = targets.get(from);
    if (known === undefined) targets.set(from, [to]);
    else known.push(to);
  }
  return targets;
}
