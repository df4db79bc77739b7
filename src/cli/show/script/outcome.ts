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

/** What callers hear then, and where the call goes on. What another scene begins with is not repeated. */
export function outcomeOf(then: Moment, before: Moment, places: Places): readonly Line[] {
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
  if (to === blockOf(before) && before.session.frames.length === 1) return line(next.spoken);
  const arrival = places.arrivalAt(to)?.next;
  const opening = arrival?.kind === 'listen' ? arrival.spoken : [];
  return [...line(withoutEnd(next.spoken, opening)), note(`on to ${to}`)];
}

function line(spoken: readonly Utterance[]): readonly Line[] {
  return spoken.length === 0 ? [] : [{ kind: 'line', spoken }];
}

function note(text: string): Line {
  return { kind: 'note', text };
}

/** Without the utterances at the end that `end` has at its own end, too. */
function withoutEnd(spoken: readonly Utterance[], end: readonly Utterance[]): readonly Utterance[] {
  const [mine, other] = [spoken.at(-1), end.at(-1)];
  if (mine === undefined || JSON.stringify(mine) !== JSON.stringify(other)) return spoken;
  return withoutEnd(spoken.slice(0, -1), end.slice(0, -1));
}

function blockOf({ session }: Moment): string {
  return session.frames.at(-1)?.block ?? '';
}

/** `two-factor`, for what happens inside a linked callflow. */
function placeName({ session }: Moment): string {
  return session.frames.at(-1)?.callflow ?? '';
}

function chosenIn({ session }: Moment): string | null {
  return session.frames.at(-1)?.facts.chosen ?? null;
}
