import { placeOf, type Turn, type Ways } from './ways.ts';
import type { Moment } from './moment.ts';

/**
 * The call that a callflow is made for: the easiest one that leaves by `success`; where there is none, the one that
 * always does the first thing, and never the same thing twice.
 */
export function happyWay(ways: Ways, start: Moment): readonly Turn[] {
  const success = ways.turns.find(({ after: { next, session } }) => {
    return next.kind === 'leave' && next.exit === 'success' && session.frames.length === 1;
  });
  return success === undefined ? firstThings(ways, start) : ways.wayTo(success);
}

function firstThings(ways: Ways, start: Moment): readonly Turn[] {
  const seen = new Set<string>();
  const from = (moment: Moment): readonly Turn[] | null => {
    if (moment.next.kind === 'leave') return [];
    const { callflow, block } = moment.session.frames.at(-1) ?? { callflow: '', block: '' };
    const here = `${callflow} ${block}`;
    if (seen.has(here)) return null;
    seen.add(here);
    const place = placeOf(moment);
    const turns = ways.turns.filter(({ before }) => placeOf(before) === place);
    for (const turn of turns.toSorted((a, b) => a.happening.cost - b.happening.cost)) {
      const rest = from(turn.after);
      if (rest !== null) return [turn, ...rest];
    }
    return null;
  };
  return from(start) ?? [];
}
