import type { Rule } from './rule.ts';
import { reachable } from './reachable.ts';
import { isLimit, isSecurityBlock, unaskedEdges } from './unasked.ts';
import { whereWritten } from './written.ts';

/**
 * What follows a used-up limit does not lead back to what was limited, unless the caller presses a valid key on the way:
 * else a program that dials would have as many codes and attempts as it likes.
 */
export const limitEscape: Rule = {
  code: 'CF221',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    const { graph, callflow, yaml } = file;
    const edges = unaskedEdges(file, project);
    const guarded = [...callflow.blocks.keys()].filter((name) => isSecurityBlock(name, file, project));
    const afterwards = reachable(guarded, graph.edges);
    const told = new Set<string>();
    for (const edge of graph.edges) {
      if (!isLimit(edge, file, project) || !afterwards.has(edge.from)) continue;
      const after = reachable([edge.to], edges);
      const back = guarded.find((name) => after.has(name));
      if (back === undefined) continue;
      const path = whereWritten(yaml, edge.to, { at: ['blocks', edge.from] });
      const key = path.join('\u0000');
      if (told.has(key)) continue;
      told.add(key);
      yield {
        at: yaml.place(path),
        message: `When the limit "${edge.path}" of "${edge.from}" is used up, the call goes to "${edge.to}" and comes back to "${back}" without a key: the limit would begin anew.`,
        fix: `Lead it to an exit such as agent, or to a menu in which the caller chooses to go on.`,
      };
    }
  },
};
