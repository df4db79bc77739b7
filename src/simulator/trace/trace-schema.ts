/** A trace: one played scenario as data, for pictures of it and for other programs. All times are milliseconds. */
import { z } from 'zod';
import { METHODS } from '../../core/method.ts';

/** Grows with every change that an older reader would misunderstand. */
export const TRACE_VERSION = 1;

/** Since the call began, by the telephone's clock. */
const at = z.number().min(0);
const duration = z.number().min(0);
const count = z.int().min(0);

const path = z.strictObject({ callflow: z.string(), block: z.string(), path: z.string() });

const event = z.discriminatedUnion('kind', [
  /** A request of the platform and its reply; `ms` by the real clock. No reply: another service has the call. */
  z.strictObject({
    kind: z.literal('turn'),
    at,
    ms: duration,
    url: z.string(),
    digits: z.string().optional(),
    words: z.string().optional(),
    dialled: z.string().optional(),
    queued: z.string().optional(),
    paths: z.array(path),
    reply: z.string().nullable(),
  }),
  /** The platform could not use the reply before, for this reason, and asked the fallback address. */
  z.strictObject({
    kind: z.literal('fallback'),
    at,
    code: z.int(),
    ms: duration,
    reply: z.string().nullable(),
  }),
  /** `prompts`: by name, or by each that the words may be of; `cut`: a key ended it before its end. */
  z.strictObject({
    kind: z.literal('said'),
    at,
    to: at,
    prompts: z.array(z.string()),
    text: z.string(),
    cut: z.literal(true).optional(),
  }),
  z.strictObject({ kind: z.literal('paused'), at, to: at, cut: z.literal(true).optional() }),
  /** Nothing is said any more and the line waits for the caller. */
  z.strictObject({ kind: z.literal('listens'), at, to: at, answered: z.boolean() }),
  /** A key of a code is `•`. */
  z.strictObject({ kind: z.literal('pressed'), at, key: z.string() }),
  z.strictObject({ kind: z.literal('spoke'), at, words: z.string() }),
  /** A code has reached the caller; when it was looked for. */
  z.strictObject({ kind: z.literal('arrived'), at, method: z.enum(METHODS) }),
  z.strictObject({ kind: z.literal('later'), at, ms: duration }),
  z.strictObject({ kind: z.enum(['repeated', 'locked-elsewhere']), at }),
  z.strictObject({ kind: z.literal('fault'), at, reason: z.string() }),
  z.strictObject({ kind: z.literal('step'), at, index: count, text: z.string() }),
  z.strictObject({ kind: z.literal('dialled'), at, to: z.string(), outcome: z.string() }),
  z.strictObject({ kind: z.literal('queued'), at, queue: z.string(), result: z.string() }),
  z.strictObject({ kind: z.literal('ended'), at, by: z.enum(['caller', 'line', 'elsewhere']) }),
]);

const counters = z.strictObject({
  exit: z.string().nullable(),
  sends: count.nullable(),
  attempts: count.nullable(),
  turns: count.nullable(),
  grants: count.nullable(),
});

const failure = z.strictObject({
  file: z.string(),
  line: count,
  column: count,
  expected: z.string(),
  instead: z.string(),
  fix: z.string(),
});

const call = z.strictObject({
  /** Until its last event. */
  lasted: duration,
  counters: counters.nullable(),
  events: z.array(event),
});

export const traceSchema = z.strictObject({
  trace: z.literal(TRACE_VERSION),
  file: z.string(),
  line: count,
  callflow: z.string(),
  name: z.string(),
  outcome: z.enum(['passed', 'failed', 'skipped']),
  /** Why it was skipped. */
  reason: z.string().optional(),
  failure: failure.optional(),
  calls: z.array(call),
  /** By the telephone's clock, all calls together. */
  lasted: duration,
  /** By the real clock. */
  ms: duration,
});

export type Trace = z.infer<typeof traceSchema>;
export type TracedCall = z.infer<typeof call>;
export type TraceEvent = z.infer<typeof event>;
export type TraceEventOf<Kind extends TraceEvent['kind']> = Extract<TraceEvent, { readonly kind: Kind }>;
