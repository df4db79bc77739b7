/** The capacity model of docs/scaling.md: what so many calls ask for, and what they need by the figures that were measured. */
import { z } from 'zod';

/** What `npm run bench` writes to docs/performance.json; 0 is not measured. */
export const figuresSchema = z.strictObject({
  date: z.string(),
  machine: z.string(),
  /** p99 in milliseconds, at so many turns in a second. */
  sqlite: z.strictObject({ turnsPerSecond: z.number(), p99At200: z.number(), p99At1000: z.number() }),
  /** Turns in a second, with one and two instances. */
  postgres: z.strictObject({ one: z.number(), two: z.number() }),
  bytesPerCall: z.number(),
  /** Bytes of an instance for each call that is going on. */
  memoryPerCall: z.number(),
  startUpMs: z.number(),
});
export type Figures = z.infer<typeof figuresSchema>;

export const SIZES = [1, 10, 100, 1_000, 10_000, 100_000] as const;

interface Assumed {
  readonly value: number;
  readonly of: string;
  readonly why: string;
}

/** What is not measured here, and can be another number with you. */
export const ASSUMED = {
  secondsPerTurn: {
    value: 6,
    of: 'seconds from one turn of a call to the next',
    why: 'a short prompt and six digits; with long prompts it is 10, and everything is less',
  },
  secondsPerCall: {
    value: 90,
    of: 'seconds that a call lasts here',
    why: 'account number, choice of method, waiting for the code, one entry',
  },
  codesPerCall: {
    value: 1,
    of: 'codes sent for a call',
    why: 'new codes and wrong numbers about even out with callers who leave',
  },
  busyHours: { value: 5, of: 'hours a day as busy as the busiest', why: 'a day of a contact centre, drawn together' },
  inUse: {
    value: 0.5,
    of: 'of what is measured is planned with',
    why: 'the other half is for the minute after a fault, and for the machine that is being restarted',
  },
  commitsPerTurn: {
    value: 2,
    of: 'commits of PostgreSQL for a turn, on average',
    why: 'one for a plain turn, three or four for one that looks up, sends or tries a code; the shortest verified call, of three turns, makes 8.6',
  },
  commitsPerSecond: {
    value: 20_000,
    of: 'commits a second of one large PostgreSQL',
    why: 'the order of magnitude of `pgbench` on 32 cores with a fast disk: find out yours',
  },
  sendsPerSecond: {
    value: 300,
    of: 'codes a second that one database can charge',
    why: 'all of them are counted in one budget, `SENDS_PER_HOUR`, one after the other, 3 ms each',
  },
  connections: { value: 10, of: 'connections of an instance', why: 'the default of `DATABASE_CONNECTIONS`' },
  retention: { value: 90, of: 'days that a call leaves something', why: 'the default of `RETENTION_DAYS`' },
} as const satisfies Readonly<Record<string, Assumed>>;

export interface Demand {
  readonly turnsPerSecond: number;
  readonly startsPerSecond: number;
  readonly codesPerSecond: number;
  readonly callsPerDay: number;
}

/** What so many calls at the same time ask for. */
export function demandOf(calls: number): Demand {
  const startsPerSecond = calls / ASSUMED.secondsPerCall.value;
  return {
    turnsPerSecond: calls / ASSUMED.secondsPerTurn.value,
    startsPerSecond,
    codesPerSecond: startsPerSecond * ASSUMED.codesPerCall.value,
    callsPerDay: startsPerSecond * 3_600 * ASSUMED.busyHours.value,
  };
}

/** What they need; null where a figure that it takes is not measured. */
export interface Supply {
  /** Whether one machine with SQLite carries it. */
  readonly sqlite: boolean | null;
  /** Of PostgreSQL, one of them to spare. */
  readonly instances: number | null;
  readonly connections: number | null;
  readonly databases: number;
  readonly memory: number | null;
  /** Bytes after `RETENTION_DAYS`, at most. */
  readonly disk: number | null;
}

export function supplyOf(calls: number, figures: Figures): Supply {
  const { turnsPerSecond, codesPerSecond, callsPerDay } = demandOf(calls);
  const known = (figure: number): number | null => (figure > 0 ? figure : null);
  const planned = (figure: number): number => figure * ASSUMED.inUse.value;
  const one = known(figures.postgres.one);
  const instances = one === null ? null : 1 + Math.ceil(turnsPerSecond / planned(one));
  const sqlite = known(figures.sqlite.turnsPerSecond);
  const bytes = known(figures.bytesPerCall);
  const memory = known(figures.memoryPerCall);
  return {
    sqlite: sqlite === null ? null : turnsPerSecond <= planned(sqlite),
    instances,
    connections: instances === null ? null : instances * ASSUMED.connections.value,
    databases: Math.ceil(
      Math.max(
        (turnsPerSecond * ASSUMED.commitsPerTurn.value) / planned(ASSUMED.commitsPerSecond.value),
        codesPerSecond / planned(ASSUMED.sendsPerSecond.value),
      ),
    ),
    memory: memory === null ? null : memory * calls,
    disk: bytes === null ? null : bytes * callsPerDay * ASSUMED.retention.value,
  };
}
