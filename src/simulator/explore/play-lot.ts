import type { Caller } from './caller.ts';
import { Corpus } from './corpus.ts';
import type { Explorer, Scripted } from './explorer.ts';
import { generatedCallers, type Generated } from './generated-callers.ts';
import { MadeUp } from './made-up.ts';
import { countCall, emptyTally, type Tally } from './tally.ts';

/** Some of the callers; whoever plays a lot plays the same ones, so that it does not matter how many threads there are. */
export interface Lot {
  readonly callflow: string;
  readonly seed: number;
  readonly callers: number;
}

/** Plays the callers of a lot one after the other; later ones go on where earlier ones found something new. */
export async function playLot(
  explorer: Explorer,
  lot: Lot,
  { start, stopped }: { readonly start: readonly Scripted[]; readonly stopped: () => boolean },
): Promise<Tally> {
  const tally = emptyTally();
  const corpus = new Corpus();
  corpus.calls.push(...start);
  const { givens, services } = explorer;
  for (const generated of generatedCallers(lot.callers, { seed: lot.seed, givens, services })) {
    if (stopped()) break;
    const caller = callerOf(generated, corpus);
    const improviser = new MadeUp(caller.moves, explorer.simulator.reader);
    const played = await explorer.play(caller, improviser);
    const call = { given: caller.given, steps: [...caller.steps, ...improviser.steps] };
    corpus.offer(call, played);
    countCall(tally, played, explorer.brokenBy(call, played));
  }
  return tally;
}

function callerOf({ given, moves, follows, earlier, cut }: Generated, { calls }: Corpus): Caller {
  const followed = follows ? calls[earlier % calls.length] : undefined;
  if (followed === undefined) return { given, steps: [], moves };
  return { given: followed.given, steps: followed.steps.slice(0, cut % (followed.steps.length + 1)), moves };
}
