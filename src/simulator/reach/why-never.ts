import { VERBS } from '../../core/blocks/index.ts';
import type { PathTaken } from '../../core/call/world.ts';
import type { WhyNever } from '../coverage/coverage.ts';
import type { Reach } from './reach.ts';

/** By verb and path, where a call comes to the block. */
const REASONS: Readonly<Record<string, string>> = {
  'choose-method none': 'whoever comes here has a contact method',
  'send-code nothing-to-send': 'every method that callers can choose here is sent',
  'send-code too-many': 'no call comes here with its sends used up',
  'verify-code blank': 'nobody comes here without an entry',
  'verify-code wrong': 'a wrong code is never tried again here',
  'verify-code too-many': 'no code runs out of attempts here',
  'verify-code finished': 'there is never a send left for a new code here',
  'verify-code no-send-left': 'there is always a send left for a new code here',
};

/** Says of each path why no call can take it; null where one can, and where not everything was looked at. */
export function whyNever(reach: Reach): WhyNever {
  return (path) => (!reach.complete || reach.waysTo(path).length > 0 ? null : reasonFor(path, reach));
}

function reasonFor({ callflow, block, path }: PathTaken, reach: Reach): string {
  if (!reach.comesTo(callflow, block)) return `no call comes to ${block}`;
  const found = reach.library.flow(callflow)?.callflow.blocks.get(block);
  const kind = VERBS.get(found?.verb ?? '')?.kind;
  if (found !== undefined && kind?.does === 'link')
    return `${kind.callflow(found.body)} never comes back by ${path} here`;
  if (kind?.does === 'decide') return 'the variable never decides so here';
  return REASONS[`${found?.verb} ${path}`] ?? 'nothing that a caller or a service may do leads there';
}
