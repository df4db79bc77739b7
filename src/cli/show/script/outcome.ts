import type { Utterance } from '../../../core/call/verbs.ts';
import type { Leave } from '../../../core/call/step.ts';
import type { Moment } from './moment.ts';
import type { Line } from './screenplay.ts';

/** What is known about the places of a callflow. */
export interface Places {
  /** The easiest way to stand at a block of the outermost callflow. */
  readonly arrivalAt: (block: string) => Moment | undefined;
  /** What an exit does, in words. */
  readonly exit: (leave: Leave) => string;
  /** The next moment at which something is said, when all goes well. */
  readonly untilHeard: (moment: Moment) => Moment;
}

/** What callers hear then, and where the call goes on. The question that another scene begins with is not repeated. */
export function outcomeOf(then: Moment, before: Moment | null, places: Places): readonly Line[] {
  const { next, session } = then;
  const to = blockOf(then);
  if (next.kind === 'leave') return [...line(next.spoken), note(`exit ${next.exit}: ${places.exit(next)}`)];
  if (next.kind === 'perform') {
    // Another method has other words.
    const heard = chosenIn(then) === chosenIn(before) ? then : places.untilHeard(then);
    if (heard.next.kind === 'listen') return outcomeOf(heard, then, places);
    return [...line(session.unsaid), note(`on to ${to}`)];
  }
  if (session.frames.length > 1) return [...line(next.spoken), note(`on to ${placeName(then)}`)];
  if (before?.session.frames.length === 1 && to === blockOf(before)) return line(next.spoken);
  const arrival = places.arrivalAt(to);
  const asked = questionOf(then);
  const known = arrival !== undefined && JSON.stringify(questionOf(arrival)) === JSON.stringify(asked);
  return [...line(known ? next.spoken.slice(0, next.spoken.length - asked.length) : next.spoken), note(`on to ${to}`)];
}

/** Of what is said, the question itself: what was said on the way comes before it. */
export function questionOf({ next }: Moment): readonly Utterance[] {
  if (next.kind !== 'listen') return [];
  const base = ({ prompt }: Utterance): string => prompt.split('.')[0] ?? '';
  const last = next.spoken.at(-1);
  const first = next.spoken.findLastIndex((each) => last === undefined || base(each) !== base(last));
  return next.spoken.slice(first + 1);
}

function line(spoken: readonly Utterance[]): readonly Line[] {
  return spoken.length === 0 ? [] : [{ kind: 'line', spoken }];
}

function note(text: string): Line {
  return { kind: 'note', text };
}

function blockOf({ session }: Moment): string {
  return session.frames.at(-1)?.block ?? '';
}

/** `two-factor`, for what happens inside a linked callflow. */
function placeName({ session }: Moment): string {
  return session.frames.at(-1)?.callflow ?? '';
}

function chosenIn(moment: Moment | null): string | null {
  return moment?.session.frames.at(-1)?.facts.chosen ?? null;
}
