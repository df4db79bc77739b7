import type { Library } from '../../../core/call/step.ts';
import { happeningsAt } from './happenings.ts';
import { after, type Moment } from './moment.ts';
import type { Places } from './outcome.ts';
import type { Ways } from './ways.ts';

/** What is known about the places of a callflow, from all ways through it. */
export function placesIn(story: {
  readonly library: Library;
  readonly ways: Ways;
  readonly starts: readonly Moment[];
  readonly exit: (callflow: string, name: string) => string;
}): Places {
  const { library, ways, starts, exit } = story;
  const arrivals = new Map<string, Moment>();
  for (const moment of [...starts, ...ways.turns.map((turn) => turn.after)]) {
    const [frame, inside] = moment.session.frames;
    const again = moment.next.kind === 'listen' && frame?.facts.asks !== 'fresh';
    if (frame === undefined || inside !== undefined || moment.next.kind === 'leave' || again) continue;
    if (!arrivals.has(frame.block)) arrivals.set(frame.block, moment);
  }
  return {
    arrivalAt: (block) => arrivals.get(block),
    exit: (leave) => exit(leave.callflow, leave.exit),
    untilHeard: (moment) => untilHeard(library, moment),
  };
}

/** No callflow does more than this before it says something. */
const MOST_EVENTS = 20;

function untilHeard(library: Library, moment: Moment): Moment {
  let now = moment;
  for (let time = 0; time < MOST_EVENTS && now.next.kind === 'perform'; time++) {
    const [well] = happeningsAt(library, now);
    if (well === undefined) return now;
    now = after(library, now, well);
  }
  return now;
}
