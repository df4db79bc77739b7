import { grammarOf, type Collect } from '../../blocks/collect.ts';
import type { Callflow } from '../callflow.ts';
import { lasting } from '../in-words.ts';
import type { Change } from './change.ts';
import { blockPairs, type BlockPair, type Sides } from './sides.ts';

/** How long single questions wait, and how many digits they take. */
export function compareQuestions(sides: Sides): readonly Change[] {
  return blockPairs(sides).flatMap((pair) => [...waits(pair, sides), ...entries(pair, sides)]);
}

type Waiting = { readonly wait?: number };

/** What the settings say for all questions is said once. */
function waits({ name, before, after }: BlockPair, sides: Sides): readonly Change[] {
  const [own, now] = [(before.body as Waiting).wait, (after.body as Waiting).wait];
  const was = own ?? sides.before.callflow.settings.wait;
  const is = now ?? sides.after.callflow.settings.wait;
  if ((own === undefined && now === undefined) || was === is) return [];
  const text = `In ${name}, the question waits ${lasting(is)} for the first key instead of ${lasting(was)}.`;
  return [{ about: 'time', name, text, security: null }];
}

function entries({ name, before, after }: BlockPair, sides: Sides): readonly Change[] {
  if (before.verb !== 'collect' || after.verb !== 'collect') return [];
  const [own, now] = [before.body as Collect, after.body as Collect];
  // As many as a code has: told with the code.
  if (own.digits === 'code' && now.digits === 'code') return [];
  const was = digitsOf(own, sides.before.callflow);
  const is = digitsOf(now, sides.after.callflow);
  if (was === is) return [];
  return [{ about: 'entry', name, text: `In ${name}, callers enter ${is} instead of ${was}.`, security: null }];
}

function digitsOf(block: Collect, callflow: Callflow): string {
  const { least, most } = grammarOf(block, callflow);
  return least === most ? `${most} digits` : `${least} to ${most} digits`;
}
