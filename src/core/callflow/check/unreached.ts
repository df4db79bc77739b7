import type { Edge } from '../graph.ts';
import { listed } from './listed.ts';
import { reachable } from './reachable.ts';
import type { Rule } from './rule.ts';

/** The call can come to every block. Blocks that hang together are one mistake: the arrow into them is missing. */
export const unreached: Rule = {
  code: 'CF212',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check({ callflow, graph, yaml }) {
    const reached = reachable([graph.start], graph.edges);
    const left = new Set([...callflow.blocks.keys()].filter((name) => !reached.has(name)));
    for (const name of left) {
      const region = together(name, graph.edges, left);
      for (const each of region) left.delete(each);
      const alone = region.length === 1;
      yield {
        at: yaml.placeOfKey(['blocks', name]),
        message: `Nothing leads to the ${alone ? 'block' : 'blocks'} ${listed(region.map((each) => `"${each}"`))}.`,
        fix: alone
          ? 'Name it as the target of a block that the call comes to, or remove it.'
          : 'Name the one that should come first as the target of a block that the call comes to, or remove them.',
      };
    }
  },
};

/** The blocks that are joined to this one, whichever way the arrows point, in the order of the file. */
function together(name: string, edges: readonly Edge[], among: ReadonlySet<string>): readonly string[] {
  const joined = edges.filter(({ from, to }) => among.has(from) && among.has(to));
  const back = joined.map(({ from, to }) => ({ from: to, to: from }));
  const region = reachable([name], [...joined, ...back]);
  return [...among].filter((each) => region.has(each));
}
