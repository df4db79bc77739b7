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
    const { callflow, yaml } = file;
    const account = callflow.account ?? 'the account';
    const { unproved, proved } = walk(file, project);
    const told = new Set<string>();
    for (const way of unproved) {
      const edge = culprit(way, proved);
      if (edge === undefined) continue;
      const path = whereWritten(yaml, edge.to, { at: ['blocks', edge.from] });
      if (told.has(path.join('\u0000'))) continue;
      told.add(path.join('\u0000'));
      const names = [way[0]?.from, ...way.map((each) => each.to)].join(' > ');
      yield {
        at: yaml.place(path),
        message: `The call can come to "success" without a right code for ${account}: ${names}.`,
        fix: `Only the "right" of a verify-code, or the "success" of a link that hands over ${account}, may lead there. Lead "${edge.path}" of "${edge.from}" somewhere else.`,
      };
    }
  },
};

/**
 * The arrow to mend: where the account was written anew, or by which an unproved call first gets among the blocks that
 * proved calls come to, else the last one.
 */
function culprit(way: Way, proved: ReadonlySet<string>): Edge | undefined {
  const joins = way.find(({ to }) => to !== SUCCESS && proved.has(to));
  const [first] = way;
  return joins ?? (first !== undefined && proved.has(first.from) ? first : way.at(-1));
}

type Way = readonly Edge[];

/**
 * The shortest ways on which unproved calls come to `success`, one for each last arrow, from the start or from where the
 * account was written anew; and the nodes that proved calls come to.
 */
function walk(
  file: CallflowFile,
  project: Project,
): { readonly unproved: readonly Way[]; readonly proved: ReadonlySet<string> } {
  const { graph } = file;
  const ways = new Map<string, Way>([[graph.start, []]]);
  const proved = new Set<string>();
  const unproved: Way[] = [];
  const left: { readonly node: string; readonly way: Way | null }[] = [{ node: graph.start, way: [] }];
  for (const { node, way } of left) {
    for (const edge of graph.edges) {
      if (edge.from !== node) continue;
      if (proves(edge, file, project) || (way === null && !forgets(edge, file))) {
        if (!proved.has(edge.to)) left.push({ node: edge.to, way: null });
        proved.add(edge.to);
        continue;
      }
      const further = [...(way ?? []), edge];
      if (edge.to === SUCCESS) unproved.push(further);
      else if (!ways.has(edge.to)) left.push({ node: edge.to, way: further });
      if (!ways.has(edge.to)) ways.set(edge.to, further);
    }
  }
  return { unproved, proved };
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
