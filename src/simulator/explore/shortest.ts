import type { Played } from '../record.ts';
import type { Explorer, Found, Scripted } from './explorer.ts';
import { shrink } from './shrink.ts';

/** A failure, by its shortest call, and what is heard before each of its steps. */
export interface Shortest {
  readonly found: Found;
  readonly at: readonly (string | null)[];
}

/** The shortest that these calls, which broke the same rule, shrink to; null where none of them does it again. */
export async function shortestOf(calls: readonly Found[], explorer: Explorer): Promise<Shortest | null> {
  let best: Found | null = null;
  for (const call of calls) {
    const again = async (candidate: Scripted): Promise<Found | null> => {
      const found = explorer.brokenBy(candidate, await explorer.play(candidate));
      return found?.rule === call.rule ? found : null;
    };
    const found = await again(call);
    if (found !== null) best = shorter(best, await shrink(found, again));
  }
  return best === null ? null : { found: best, at: heardBefore(await explorer.play(best)) };
}

function shorter(best: Found | null, other: Found): Found {
  return best === null || sizeOf(other) < sizeOf(best) ? other : best;
}

/** Steps count first, then what is given. */
function sizeOf({ steps, given }: Found): number {
  return steps.length * 10_000 + JSON.stringify(given).length;
}

/** The last prompt before each step. */
function heardBefore({ happened }: Played): readonly (string | null)[] {
  const at: (string | null)[] = [];
  let heard: string | null = null;
  for (const each of happened) {
    if (each.kind === 'line' && each.event.kind === 'request') heard = null;
    if (each.kind === 'line' && each.prompts !== undefined) heard = each.prompts[0] ?? null;
    if (each.kind === 'step') at[each.index] = heard;
  }
  return at;
}
