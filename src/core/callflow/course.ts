import type { Facts } from '../call/session.ts';
import type { Action, FlowEvent, Guard } from './compile.ts';
import { Ride, type Happened } from './ride.ts';
import type { Transit } from './transit.ts';

/**
 * What happens from one standing by one event: actions, guards that are asked, and what follows each of their answers,
 * as far as calls have come that way.
 */
export type Course =
  | { readonly action: Action; readonly then: Course }
  | {
      readonly guard: Guard;
      readonly params: object;
      readonly yes?: Course | undefined;
      readonly no?: Course | undefined;
    }
  | { readonly end: string };

/** Travels a course; null where it leads on to what no call has come to yet. */
export function travelled(course: Course, facts: Facts, event: FlowEvent): Transit | null {
  const ride = new Ride(facts, event);
  for (let at: Course | undefined = course; at !== undefined;) {
    if ('end' in at) return { block: at.end, facts: ride.facts, effects: ride.effects };
    if ('action' in at) {
      ride.acts(at.action);
      at = at.then;
    } else at = ride.asks(at.guard, at.params) ? at.yes : at.no;
  }
  return null;
}

/** A course with what has happened on another ride as one more way through it. */
export function extended(course: Course | undefined, happened: readonly Happened[], end: string, from = 0): Course {
  const now = happened[from];
  if (now === undefined) return { end };
  const follows = (known: Course | undefined): Course => extended(known, happened, end, from + 1);
  if ('action' in now) return { ...now, then: follows(course && 'then' in course ? course.then : undefined) };
  const { guard, params, answer } = now;
  const known = course && 'guard' in course ? course : undefined;
  return answer
    ? { guard, params, yes: follows(known?.yes), no: known?.no }
    : { guard, params, yes: known?.yes, no: follows(known?.no) };
}
