import type { Library } from '../../../core/call/step.ts';
import type { Happening } from './happening.ts';
import { happeningsAt } from './happenings.ts';
import { after, type Moment } from './moment.ts';
import { takenBy, type Taken } from './taken.ts';

/** One event of a call and what came of it. */
export interface Turn {
  readonly before: Moment;
  readonly happening: Happening;
  readonly after: Moment;
  readonly taken: readonly Taken[];
}

export interface Ways {
  /** Every event at every place that a call can come to; first those that a call comes to most easily. */
  readonly turns: readonly Turn[];
  /** The turns of the easiest call that ends with this one. */
  readonly wayTo: (turn: Turn) => readonly Turn[];
}

/** More places than any callflow has that a person can read. */
const MOST_PLACES = 4_000;

/** Walks through all that can happen, by the core itself, the easiest first (Dijkstra). */
export function waysFrom(
  library: Library,
  starts: readonly { readonly moment: Moment; readonly cost: number }[],
): Ways {
  const waiting: { moment: Moment; cost: number; by: Turn | null }[] = starts.map((start) => ({ ...start, by: null }));
  const reached = new Map<string, Turn | null>();
  const turns: { readonly turn: Turn; readonly cost: number }[] = [];
  while (waiting.length > 0 && reached.size < MOST_PLACES) {
    const next = waiting.reduce((best, each) => (each.cost < best.cost ? each : best));
    waiting.splice(waiting.indexOf(next), 1);
    const key = placeOf(next.moment);
    if (reached.has(key)) continue;
    reached.set(key, next.by);
    for (const happening of happeningsAt(library, next.moment)) {
      const then = after(library, next.moment, happening);
      const turn = {
        before: next.moment,
        happening,
        after: then,
        taken: takenBy(library, next.moment, happening, then),
      };
      const cost = next.cost + happening.cost;
      turns.push({ turn, cost });
      waiting.push({ moment: then, cost, by: turn });
    }
  }
  const wayTo = (turn: Turn): readonly Turn[] => {
    const before = reached.get(placeOf(turn.before)) ?? null;
    return before === null ? [turn] : [...wayTo(before), turn];
  };
  return { turns: turns.toSorted((a, b) => a.cost - b.cost).map(({ turn }) => turn), wayTo };
}

/** What tells two places in a call apart. Numbers that only prompts speak are no part of it, or there would be no end. */
export function placeOf({ session, next, grants }: Moment): string {
  const frames = session.frames.map(({ callflow, block, facts }) => {
    const { silences, wrongKeys, partial, chosen, found, variables, lookedUp } = facts;
    return [callflow, block, silences, wrongKeys, partial, chosen, found.length, variables, lookedUp];
  });
  return JSON.stringify([frames, session.locale, next.kind, [...grants]]);
}
