import { VERBS } from '../../blocks/index.ts';
import type { CallflowFile } from '../project.ts';

/**
 * The variables that may have a value when the call comes to a block or an exit: the inputs, `locale`, and what blocks
 * on some way there set.
 */
export function knownVariables({ callflow, graph }: CallflowFile): (node: string) => ReadonlySet<string> {
  const known = new Map<string, Set<string>>();
  for (const name of graph.nodes.keys()) known.set(name, new Set([...callflow.inputs, 'locale']));
  for (const { name, verb, body } of callflow.blocks.values()) {
    const written = VERBS.get(verb)?.writes?.(body, { name, callflow }) ?? [];
    if (written.length === 0) continue;
    for (const node of after(name, graph.edges)) for (const each of written) known.get(node)?.add(each);
  }
  return (node) => known.get(node) ?? new Set();
}

/** Every node that the call can come to after leaving this one. */
function after(from: string, edges: CallflowFile['graph']['edges']): ReadonlySet<string> {
  const seen = new Set<string>();
  const left = [from];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    for (const edge of edges) {
      if (edge.from !== node || seen.has(edge.to)) continue;
      seen.add(edge.to);
      left.push(edge.to);
    }
  }
  return seen;
}
