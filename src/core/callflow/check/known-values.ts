import { VERBS } from '../../blocks/index.ts';
import type { CallValue } from '../../call/prompts.ts';
import type { CallflowFile } from '../project.ts';
import { perFile } from './per-file.ts';
import { reachable } from './reachable.ts';

/** What the call itself may know when it comes to a block or an exit: `left` only after a code was sent, for example. */
export const knownValues = perFile(({ callflow, graph }: CallflowFile): ((node: string) => ReadonlySet<CallValue>) => {
  const known = new Map<string, Set<CallValue>>();
  for (const node of graph.nodes.keys()) known.set(node, new Set(['digits', 'minutes', 'authenticator']));
  for (const { name, verb } of callflow.blocks.values()) {
    for (const [path, values] of Object.entries(VERBS.get(verb)?.tells ?? {})) {
      const told = graph.edges.filter((edge) => edge.from === name && edge.path === path).map((edge) => edge.to);
      for (const node of reachable(told, graph.edges)) for (const value of values) known.get(node)?.add(value);
    }
  }
  return (node) => known.get(node) ?? new Set();
});
