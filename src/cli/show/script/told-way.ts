import type { Library } from '../../../core/call/step.ts';
import { messageOf } from './message.ts';
import type { Moment } from './moment.ts';
import type { Places } from './outcome.ts';
import type { Line } from './screenplay.ts';
import type { Turn } from './ways.ts';

interface Told {
  readonly library: Library;
  readonly places: Places;
}

/** A whole call, from its first word to its end. */
export function toldWay(start: Moment, turns: readonly Turn[], told: Told): readonly Line[] {
  return [...heard(start, told.places), ...turns.flatMap((turn) => toldTurn(turn, told))];
}

function toldTurn(turn: Turn, { library, places }: Told): readonly Line[] {
  const { before, happening } = turn;
  const then = heard(turn.after, places);
  if (happening.kind !== 'event') return [{ kind: 'you', does: happening.what }, ...then];
  const message = happening.path === 'sent' ? messageOf(before, library) : [];
  return [{ kind: 'note', text: happening.what }, ...message, ...then];
}

function heard({ next }: Moment, places: Places): readonly Line[] {
  if (next.kind === 'perform') return [];
  const line: Line = { kind: 'line', spoken: next.spoken };
  const spoken = next.spoken.length === 0 ? [] : [line];
  return next.kind === 'listen'
    ? spoken
    : [...spoken, { kind: 'note', text: `exit ${next.exit}: ${places.exit(next)}` }];
}
