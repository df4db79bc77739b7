import { Standing } from '../../core/call/standing.ts';
import type { LoadedLibrary } from '../../core/callflow/library.ts';
import type { Callflow } from '../../core/callflow/callflow.ts';
import type { PathTaken } from '../../core/call/world.ts';
import { pathKey } from '../coverage/coverage.ts';
import { ACCOUNT } from '../start-of.ts';
import { entriesAt } from './entries.ts';
import { after, NO_CALL, RARE, TROUBLE, type Happening, type Moment } from './moment.ts';
import { destinationOf, resultsOf } from './results.ts';
import { Watched } from './watched.ts';

/** One happening of a way, and what came of it. */
export interface Turn {
  readonly before: Moment;
  readonly happening: Happening;
  readonly after: Moment;
}

export interface Reach {
  /** Ways of a call to a path, the easiest first; none where no call can take it. */
  waysTo(path: PathTaken): readonly (readonly Turn[])[];
  /** Whether any call comes to a block. */
  comesTo(callflow: string, block: string): boolean;
  /** Whether everything was looked at: only then can it be said that a path is never taken. */
  readonly complete: boolean;
  /** How many different moments of a call there are. */
  readonly moments: number;
  readonly library: LoadedLibrary;
  readonly watched: Watched;
}

/** More than callflows have that people can read. */
const MOST_MOMENTS = 60_000;
/** Of each path, so that there is another one where the first cannot be played. */
const MOST_WAYS = 6;

interface Reached {
  readonly moment: Moment;
  readonly by: { readonly from: Reached; readonly happening: Happening } | null;
}

/**
 * Everything that can happen in calls to these callflows, each called directly and by the links of the others, by the
 * pure `step` itself, the easiest first (Dijkstra). It may hold something for possible that is not; never the other way
 * round. `xstate/graph` finds ways to states; paths are taken between them, and what is rare is to come last.
 */
export function reachOf(library: LoadedLibrary, most = MOST_MOMENTS): Reach {
  const watched = new Watched(library.flows);
  const known = new Set<string>();
  const ways = new Map<string, Reached[]>();
  const blocks = new Set<string>();
  /** By what it takes to come there. */
  const waiting: (readonly [Reached, Happening])[][] = [];
  const expect = (reached: Reached, cost: number): void => {
    for (const happening of happeningsAt(library, reached.moment, watched))
      (waiting[cost + (happening.cost ?? 1)] ??= []).push([reached, happening]);
  };
  expect({ moment: NO_CALL, by: null }, 0);
  for (let cost = 0; cost < waiting.length; cost++) {
    for (const [from, happening] of waiting[cost] ?? []) {
      const { moment, taken } = after(library, from.moment, happening);
      const reached: Reached = { moment, by: { from, happening } };
      for (const path of taken) note(ways, pathKey(path), reached);
      for (const { callflow, block } of [...taken, ...moment.session.frames]) blocks.add(`${callflow}/${block}`);
      const key = identityOf(moment, watched);
      if (known.has(key) || known.size >= most) continue;
      known.add(key);
      expect(reached, cost);
    }
    waiting[cost] = [];
  }
  return {
    waysTo: (path) => (ways.get(pathKey(path)) ?? []).map(wayOf),
    comesTo: (callflow, block) => blocks.has(`${callflow}/${block}`),
    complete: known.size < most,
    moments: known.size,
    library,
    watched,
  };
}

function note(ways: Map<string, Reached[]>, key: string, reached: Reached): void {
  const known = ways.get(key) ?? [];
  if (known.length < MOST_WAYS) ways.set(key, [...known, reached]);
}

function wayOf({ moment, by }: Reached): readonly Turn[] {
  if (by === null) return [];
  return [...wayOf(by.from), { before: by.from.moment, happening: by.happening, after: moment }];
}

function happeningsAt(library: LoadedLibrary, moment: Moment, watched: Watched): readonly Happening[] {
  const { session, next, office } = moment;
  const frame = session.frames.at(-1);
  if (frame === undefined) return library.flows.flatMap(({ callflow }) => callsTo(callflow, watched));
  if (next.kind === 'leave') return [];
  const fault: Happening = { kind: 'fault', cost: TROUBLE };
  if (next.kind === 'perform') return [...resultsOf(next.task, office, watched), fault];
  const world = { library, verified: () => false, undelivered: () => false };
  const standing = new Standing(frame, {
    world,
    locale: session.locale,
    test: session.test,
  });
  return [...entriesAt(standing, watched), fault];
}

/** Calls with everything that is handed in, in every value that matters; last, one with nothing. */
function callsTo({ name, inputs, account, settings }: Callflow, watched: Watched): readonly Happening[] {
  const given: Readonly<Record<string, string>> = {
    [settings['customer-email-variable']]: destinationOf('email'),
    [settings['customer-phone-variable']]: destinationOf('sms'),
    ...(account === null ? {} : { [account]: ACCOUNT }),
  };
  const calls = watched
    .combinations(inputs.filter((each) => watched.asked(each).length > 0))
    .map((asked): Happening => {
      const plain = Object.fromEntries(inputs.map((each) => [each, given[each] ?? '']));
      return { kind: 'calls', callflow: name, inputs: { ...plain, ...asked } };
    });
  return [...calls, { kind: 'calls', callflow: name, inputs: {}, cost: RARE }];
}

/**
 * What tells two moments apart. Texts, languages and why a question is asked again are no part of it: they change what
 * is heard, and no path.
 */
function identityOf({ session, next, office }: Moment, watched: Watched): string {
  const frames = session.frames.map(({ callflow, block, facts }) => {
    const { silences, wrongKeys, found, chosen } = facts;
    return [callflow, block, silences, wrongKeys, found.map(({ method }) => method), chosen, watched.of(facts)];
  });
  return JSON.stringify([frames, next.kind, office]);
}
