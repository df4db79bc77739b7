import { VERBS } from '../../blocks/index.ts';
import type { Edge, Graph } from '../graph.ts';
import type { CallflowFile, Project } from '../project.ts';
import { linkOf } from './links.ts';
import { ownPlace } from './written.ts';

/** The arrows that a call takes one after the other. */
export type Way = readonly Edge[];

/** Where a call comes to without proof, and where with it. */
export interface Walk {
  /**
   * By node, the shortest ways on which calls come to it unproved, one for each last arrow: from the start, or from
   * where a proof was lost.
   */
  readonly unproved: ReadonlyMap<string, readonly Way[]>;
  readonly proved: ReadonlySet<string>;
}

export function walkUnproved(
  { start, edges }: Graph,
  { proves, forgets }: { readonly proves: (edge: Edge) => boolean; readonly forgets: (edge: Edge) => boolean },
): Walk {
  const ways = new Map<string, Way>([[start, []]]);
  const unproved = new Map<string, Way[]>([[start, [[]]]]);
  const proved = new Set<string>();
  const left: { readonly node: string; readonly way: Way | null }[] = [{ node: start, way: [] }];
  for (const { node, way } of left) {
    for (const edge of edges) {
      if (edge.from !== node) continue;
      if (proves(edge) || (way === null && !forgets(edge))) {
        if (!proved.has(edge.to)) left.push({ node: edge.to, way: null });
        proved.add(edge.to);
        continue;
      }
      const further = [...(way ?? []), edge];
      const known = unproved.get(edge.to);
      if (known === undefined) unproved.set(edge.to, [further]);
      else known.push(further);
      if (ways.has(edge.to)) continue;
      ways.set(edge.to, further);
      left.push({ node: edge.to, way: further });
    }
  }
  return { unproved, proved };
}

/**
 * The account that this arrow proves: a verify-code by `right`, a link by the `success` of a callflow, of which the same
 * is proved. Null for one that this callflow does not name, undefined where nothing is proved.
 */
export function provedBy(
  { from, path }: Edge,
  { callflow }: CallflowFile,
  project: Project,
): string | null | undefined {
  const block = callflow.blocks.get(from);
  if (block?.verb === 'verify-code') return path === 'right' ? callflow.account : undefined;
  const link = block === undefined || path !== 'success' ? null : linkOf(block, callflow, project);
  if (link === null) return undefined;
  // Of one that could not be read, its own findings speak.
  if (link.linked === undefined) return callflow.account;
  const { account } = link.linked.callflow;
  return account !== null && link.hands.includes(account) ? account : null;
}

/** Whether the account variable is written on this arrow: what was proved was another account. */
export function writes(account: string | null, { from, path }: Edge, { callflow }: CallflowFile): boolean {
  const block = callflow.blocks.get(from);
  if (block === undefined || account === null) return false;
  const verb = VERBS.get(block.verb);
  const written = verb?.writes?.(block.body, { name: from, callflow }) ?? [];
  if (!written.includes(account)) return false;
  return verb?.kind.does !== 'listen' || path === 'next' || path === 'wrong-keys';
}

/**
 * Whether an arrow is not written, and leads where a written one leads that proves nothing: `blank` of a verify-code follows
 * `wrong`. The two are one mistake.
 */
export function followsAnother(
  edge: Edge | undefined,
  proving: readonly Edge[],
  { graph, yaml }: CallflowFile,
): boolean {
  if (edge === undefined || ownPlace(yaml, edge) !== undefined) return false;
  const { from, to } = edge;
  return graph.edges.some(
    (each) => each.from === from && each.to === to && !proving.includes(each) && ownPlace(yaml, each) !== undefined,
  );
}
