import { VERBS } from '../../blocks/index.ts';
import type { Callflow } from '../callflow.ts';
import type { CallflowFile } from '../project.ts';
import { perFile } from './per-file.ts';
import { reachable } from './reachable.ts';

/**
 * The variables that may have a value when the call comes to a block or an exit: the inputs, `locale`, and what blocks
 * on some way there set.
 */
export const knownVariables = perFile(({ callflow, graph }: CallflowFile): ((node: string) => ReadonlySet<string>) => {
  const known = new Map<string, Set<string>>();
  for (const name of graph.nodes.keys()) known.set(name, new Set([...callflow.inputs, 'locale']));
  for (const { name, verb, body } of callflow.blocks.values()) {
    const written = VERBS.get(verb)?.writes?.(body, { name, callflow }) ?? [];
    if (written.length === 0) continue;
    const next = graph.edges.filter((edge) => edge.from === name).map((edge) => edge.to);
    for (const node of reachable(next, graph.edges)) for (const each of written) known.get(node)?.add(each);
  }
  return (node) => known.get(node) ?? new Set();
});

/** Whether some block of the callflow gives the variable a value. */
export function sets(callflow: Callflow, variable: string): boolean {
  return [...callflow.blocks.values()].some(({ name, verb, body }) =>
    VERBS.get(verb)?.writes?.(body, { name, callflow }).includes(variable),
  );
}
