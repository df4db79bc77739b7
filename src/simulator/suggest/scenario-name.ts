import { VERBS } from '../../core/blocks/index.ts';
import type { Callflow } from '../../core/callflow/callflow.ts';
import type { Edge } from '../../core/callflow/graph.ts';
import { sentenceOf } from '../../core/callflow/in-words.ts';
import { countedBy } from '../../core/callflow/limit-words.ts';
import { counted } from '../../core/callflow/in-words.ts';
import { eventOf } from '../../core/callflow/path-words.ts';

/** What a scenario for a path is called: one sentence, which no other path has. */
export function scenarioName({ from, path, to, most = 1 }: Edge, callflow: Callflow): string {
  const block = callflow.blocks.get(from);
  const kind = block === undefined ? undefined : VERBS.get(block.verb)?.kind;
  if (kind?.does === 'link') return `The call comes back to ${from} by ${path}, and goes on to ${to}`;
  if (kind?.does === 'decide' && block !== undefined)
    return `${kind.variable(block.body)} ${path === 'otherwise' ? 'is something else' : path} at ${from}, so on to ${to}`;
  if (kind?.does === 'perform') return `${sentenceOf(eventOf(block?.verb ?? '', path))} at ${from}, so on to ${to}`;
  const limit = path === 'silences' || path === 'wrong-keys' ? countedBy(block?.verb ?? '', path) : null;
  if (limit !== null) return `${sentenceOf(counted(most, limit))} at ${from}, so on to ${to}`;
  if (path === 'next') return `From ${from} on to ${to}`;
  return `${path === 'star' ? 'Star' : path === 'error' ? 'A fault' : `Key ${path}`} at ${from}, so on to ${to}`;
}
