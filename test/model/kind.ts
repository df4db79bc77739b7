import fc from 'fast-check';
import type { Method } from './model.ts';
import type { Delivery, Rig } from './rig.ts';
import type { Session } from './session.ts';

/**
 * The clock moves by so much, milliseconds: no sum of it is near the lifetime of a code (4.8 of it) or the end of a
 * lock (28.6 of it), so that it does not matter how long the run itself takes.
 */
export const UNIT = 63_000;
/** No call waits 4 hours, after which it counts as ended. */
export const MOST_UNITS = 200;
export const MOST_CALLS = 12;
/** Each takes 8 seconds until another process may go on: so few do not add up to what the units leave open. */
export const MOST_DEATHS = 2;

export type Step = fc.AsyncCommand<Session, Rig>;

/** A kind of request, as data: what it is, when it can come, and what it does. */
interface Kind<Given> {
  readonly name: string;
  readonly given: fc.Arbitrary<Given>;
  readonly can: (session: Session, given: Given) => boolean;
  readonly does: (session: Session, given: Given) => Promise<unknown>;
}

/** The names of all kinds. */
export const KINDS: string[] = [];

/** Every run of it is counted under its name. */
export function kind<Given>({ name, given, can, does }: Kind<Given>): fc.Arbitrary<Step> {
  KINDS.push(name);
  return given.map((data) => ({
    check: (session) => mayDie(session as Session, data) && can(session as Session, data),
    async run(session) {
      session.rig.notes(name);
      await does(session, data);
    },
    toString: () => `${name}${JSON.stringify(data).replaceAll('"', '').replace(',by:{kind:once}', '')}`,
  }));
}

function mayDie({ spent }: Session, given: unknown): boolean {
  const by = (given as { readonly by?: Delivery } | undefined)?.by;
  return by?.kind !== 'dies' || spent.deaths < MOST_DEATHS;
}

export const ONCE: Delivery = { kind: 'once' };
/** How a webhook comes: mostly once. */
export const by: fc.Arbitrary<Delivery> = fc.oneof(
  { arbitrary: fc.constant(ONCE), weight: 12 },
  {
    arbitrary: fc.record({ kind: fc.constant('together' as const), times: fc.integer({ min: 2, max: 4 }) }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('dies' as const),
      after: fc.integer({ min: 1, max: 8 }),
      restarts: fc.oneof({ arbitrary: fc.constant(false), weight: 3 }, { arbitrary: fc.constant(true), weight: 1 }),
    }),
    weight: 1,
  },
);
/** Mostly the newest call, and mostly the first account. */
export const back = fc.oneof(
  { arbitrary: fc.constant(0), weight: 5 },
  { arbitrary: fc.integer({ min: 1, max: 3 }), weight: 2 },
);
export const whose = fc.oneof({ arbitrary: fc.constant(0), weight: 4 }, { arbitrary: fc.constant(1), weight: 1 });
export const method = fc.constantFrom<Method>('sms', 'sms', 'email');
