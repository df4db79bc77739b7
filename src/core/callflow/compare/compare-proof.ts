import { VERBS } from '../../blocks/index.ts';
import { reachable, type Edge } from '../graph.ts';
import type { Change } from './change.ts';
import type { Side, Sides } from './sides.ts';

/**
 * Ways to the exit `success` on which no code is checked. The server takes nobody's word for it (a call that comes there
 * unverified leaves by `error`), but such a way is a mistake in waiting.
 */
export function compareProof({ before, after, now }: Sides): readonly Change[] {
  const was = unproven(before).map(({ from, path }) => `${now(from)} ${path}`);
  const is = unproven(after).map(({ from, path }) => `${from} ${path}`);
  return [
    ...unproven(after)
      .filter(({ from, path }) => !was.includes(`${from} ${path}`))
      .map(({ from }): Change => {
        const text = `Callers can come to success from ${from} without a right code; they would leave by error.`;
        return { about: 'success', name: from, text, security: 'looser' };
      }),
    ...unproven(before)
      .filter(({ from, path }) => !is.includes(`${now(from)} ${path}`))
      .map(({ from }): Change => {
        const text = `Callers can no longer come to success from ${now(from)} without a right code.`;
        return { about: 'success', name: now(from), text, security: 'tighter' };
      }),
  ];
}

/** The edges into `success` that are reached without a right code and without a callflow that comes back by success. */
function unproven({ callflow, graph, written }: Side): readonly Edge[] {
  if (!Object.hasOwn(written.exits, 'success')) return [];
  const proves = ({ from, path }: Edge): boolean => {
    const block = callflow.blocks.get(from);
    if (block?.verb === 'verify-code') return path === 'right';
    return VERBS.get(block?.verb ?? '')?.kind.does === 'link' && path === 'success';
  };
  const reached = reachable(graph, proves);
  return graph.edges.filter((edge) => edge.to === 'success' && reached.has(edge.from) && !proves(edge));
}
