import type { Session } from '../../../core/call/session.ts';
import { Standing } from '../../../core/call/standing.ts';
import { step, type Library, type Move, type StepInput, type World } from '../../../core/call/step.ts';

/** A call between two events, as the core left it. */
export interface Moment {
  readonly session: Session;
  readonly next: Move['next'];
  /** Accounts that are verified in this call, canonical. */
  readonly grants: ReadonlySet<string>;
}

export function opened(
  library: Library,
  call: { readonly callflow: string; readonly locale: string; readonly variables: Readonly<Record<string, string>> },
): Moment {
  const { callflow, locale, variables } = call;
  const session = { revision: library.revision, frames: [], locale, test: false, unsaid: [] };
  return stepped(library, { session, grants: new Set() }, { type: 'open', callflow, variables });
}

/** What the core makes of an event; `grant` is an account that the event has verified. */
export function after(
  library: Library,
  moment: Moment,
  event: { readonly input: StepInput; readonly grant?: string },
): Moment {
  const grants = event.grant === undefined ? moment.grants : new Set([...moment.grants, event.grant]);
  return stepped(library, { session: moment.session, grants }, event.input);
}

/** Where the call stands; only while it is in a callflow. */
export function standingOf(library: Library, { session, grants }: Pick<Moment, 'session' | 'grants'>): Standing {
  const frame = session.frames.at(-1);
  if (frame === undefined) throw new Error('The call has not begun.');
  return new Standing(frame, { world: worldOf(library, grants), locale: session.locale, test: session.test });
}

function stepped(library: Library, before: Pick<Moment, 'session' | 'grants'>, input: StepInput): Moment {
  const { session, next } = step(before.session, input, worldOf(library, before.grants));
  return { session, next, grants: before.grants };
}

function worldOf(library: Library, grants: ReadonlySet<string>): World {
  return { library, verified: (account) => grants.has(account), undelivered: () => false };
}
