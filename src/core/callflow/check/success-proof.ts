import { VERBS } from '../../blocks/index.ts';
import type { Edge } from '../graph.ts';
import type { CallflowFile, Project } from '../project.ts';
import type { Rule } from './rule.ts';
import { whereWritten } from './written.ts';

const SUCCESS = 'success';

/**
 * Every way to `success` leads over a right code for the account of the callflow: over the `right` of a verify-code, or
 * the `success` of a linked callflow for the same account, of which the same is proved. Writing the account anew makes
 * it unproved. (A verified caller who is let through by `skip` never enters the callflow.)
 */
export const successProof: Rule = {
  code: 'CF220',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    const { callflow, graph, yaml } = file;
    const { ways, proved } = walk(file, project);
    // The arrow by which an unproved call first gets among the blocks that proved calls come to.
    const told = new Set<Edge>();
    for (const last of graph.edges) {
      if (last.to !== SUCCESS || !ways.has(last.from) || proves(last, file, project)) continue;
      const way = [...(ways.get(last.from) ?? []), last];
      const edge = way.find((each) => proved.has(each.to)) ?? last;
      if (told.has(edge)) continue;
      told.add(edge);
      const names = [graph.start, ...way.map((each) => each.to)].join(' > ');
      yield {
        at: yaml.place(whereWritten(yaml, edge.to, { at: ['blocks', edge.from] })),
        message: `The call can come to "success" without a right code for ${callflow.account ?? 'the account'}: ${names}.`,
        fix: `Only the "right" of a verify-code, or the "success" of a link that hands over ${callflow.account ?? 'the account'}, may lead there. Lead "${edge.path}" of "${edge.from}" somewhere else.`,
      };
    }
  },
};

/** The shortest ways of unproved calls to each node, and the nodes that proved calls come to. */
function walk(file: CallflowFile, project: Project) {
  const { graph } = file;
  const ways = new Map<string, readonly Edge[]>([[graph.start, []]]);
  const proved = new Set<string>();
  const left: { readonly node: string; readonly isProved: boolean }[] = [{ node: graph.start, isProved: false }];
  for (const { node, isProved } of left) {
    for (const edge of graph.edges) {
      if (edge.from !== node) continue;
      const then = proves(edge, file, project) || (isProved && !forgets(edge, file));
      if (then ? proved.has(edge.to) : ways.has(edge.to)) continue;
      if (then) proved.add(edge.to);
      else ways.set(edge.to, [...(isProved ? [] : (ways.get(node) ?? [])), edge]);
      left.push({ node: edge.to, isProved: then });
    }
  }
  return { ways, proved };
}

/** Whether the account is proved on this arrow. */
function proves({ from, path }: Edge, { callflow }: CallflowFile, project: Project): boolean {
  const block = callflow.blocks.get(from);
  if (block === undefined) return false;
  if (block.verb === 'verify-code') return path === 'right';
  const kind = VERBS.get(block.verb)?.kind;
  if (kind?.does !== 'link' || path !== SUCCESS) return false;
  const linked = project.callflows.get(kind.callflow(block.body))?.callflow;
  // Of one that could not be read, its own findings speak.
  if (linked === undefined) return true;
  return (
    linked.account !== null && linked.account === callflow.account && kind.hands(block.body).includes(linked.account)
  );
}

/** Whether the account variable is written on this arrow: what was proved was another account. */
function forgets({ from, path }: Edge, { callflow }: CallflowFile): boolean {
  const block = callflow.blocks.get(from);
  if (block === undefined || callflow.account === null) return false;
  const verb = VERBS.get(block.verb);
  const writes = verb?.writes?.(block.body, { name: from, callflow }) ?? [];
  if (!writes.includes(callflow.account)) return false;
  return verb?.kind.does !== 'listen' || path === 'next' || path === 'wrong-keys';
}
