import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { DEPENDENCIES, type Facts, type Happening, type Telemetry, type Work } from '../../core/contracts/telemetry.ts';

/** Seconds. A turn takes some milliseconds; 3 s on it holds the line, and within 5 s it has an answer. */
const OF_TURNS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5];
const OF_STORE = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 3];
const OF_EXCHANGES = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

export interface Metrics extends Telemetry {
  /** All of them, in the Prometheus text format. `ready`: whether the server could take a call now. */
  read(ready: boolean): Promise<{ readonly type: string; readonly text: string }>;
}

/** The metrics of one server. docs/operations/monitoring.md says what each means, and a test holds it against this. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const meters = createMeters(registry);
  return {
    count: (happening) => count(meters, happening),
    async during(work, act) {
      if (work.kind === 'task') return act(() => {});
      const started = performance.now();
      let facts: Facts = {};
      try {
        return await act((more) => (facts = { ...facts, ...more }));
      } catch (error) {
        facts = { ...facts, outcome: 'failed' };
        if (work.kind === 'store') meters.storeErrors.inc({ operation: work.operation });
        throw error;
      } finally {
        observe(meters, work, { facts, seconds: (performance.now() - started) / 1000 });
      }
    },
    async read(ready) {
      meters.ready.set(ready ? 1 : 0);
      const all = Registry.merge([registry, ofProcess()]);
      return { type: all.contentType, text: await all.metrics() };
    },
  };
}

let processRegistry: Registry | undefined;

/** Once for all servers of a process, from the first time that somebody asks: what they need is never taken down again. */
function ofProcess(): Registry {
  if (processRegistry === undefined) {
    processRegistry = new Registry();
    collectDefaultMetrics({ register: processRegistry });
  }
  return processRegistry;
}

type Meters = ReturnType<typeof createMeters>;

function createMeters(registry: Registry) {
  const counter = <L extends string>(name: string, help: string, ...labelNames: readonly L[]) =>
    new Counter({ name: `dialproof_${name}`, help, labelNames, registers: [registry] });
  const gauge = <L extends string>(name: string, help: string, ...labelNames: readonly L[]) =>
    new Gauge({ name: `dialproof_${name}`, help, labelNames, registers: [registry] });
  const seconds = <L extends string>(
    name: string,
    { help, buckets }: { readonly help: string; readonly buckets: number[] },
    ...labelNames: readonly L[]
  ) => new Histogram({ name: `dialproof_${name}_seconds`, help, buckets, labelNames, registers: [registry] });
  const meters = {
    turns: counter('turns_total', 'Webhooks that were answered, by what came of them', 'channel', 'outcome'),
    turnSeconds: seconds('turn_duration', { help: 'From a webhook to its answer', buckets: OF_TURNS }, 'channel'),
    exits: counter('exits_total', 'Calls that left their callflow', 'callflow', 'exit'),
    sends: counter('sends_total', 'Codes that were to be sent', 'method', 'outcome'),
    undelivered: counter('undelivered_total', 'Codes that were reported not to have arrived', 'method'),
    attempts: counter('attempts_total', 'Codes that callers and users have tried', 'outcome'),
    locks: counter('account_locks_total', 'Accounts that wrong codes have locked'),
    held: gauge('held_tasks', 'Tasks that go on while their caller is asked to wait'),
    dependencySeconds: seconds(
      'dependency_duration',
      { help: 'From a request to a dependency to its answer', buckets: OF_EXCHANGES },
      'dependency',
      'outcome',
    ),
    openCircuits: gauge('open_circuits', 'Dependencies that failed again and again and are left alone', 'dependency'),
    storeSeconds: seconds(
      'store_operation_duration',
      { help: 'From asking the store to its answer, which is durable', buckets: OF_STORE },
      'operation',
    ),
    storeErrors: counter('store_errors_total', 'Operations that the store has refused or failed', 'operation'),
    sweeps: counter('sweeps_total', 'Sweeps of the store', 'outcome'),
    unsigned: counter('unsigned_requests_total', 'Requests that were refused because nobody had signed them'),
    signIns: counter('sign_ins_total', 'What became of web sign-ins', 'outcome'),
    ready: gauge('ready', '1: calls can be taken; 0: see /readyz'),
  };
  for (const dependency of DEPENDENCIES) meters.openCircuits.set({ dependency }, 0);
  // A rate needs something to rise from.
  meters.turns.inc({ channel: 'voice', outcome: 'answered' }, 0);
  return meters;
}

function count(meters: Meters, happening: Happening): void {
  switch (happening.kind) {
    case 'exit':
      return meters.exits.inc({ callflow: happening.callflow, exit: happening.exit });
    case 'send':
      return meters.sends.inc({ method: happening.method, outcome: happening.outcome });
    case 'undelivered':
      return meters.undelivered.inc({ method: happening.method });
    case 'attempt':
      return meters.attempts.inc({ outcome: happening.outcome });
    case 'lock':
      return meters.locks.inc();
    case 'held':
      return meters.held.inc(happening.more);
    case 'circuit':
      return meters.openCircuits.inc({ dependency: happening.dependency }, happening.open ? 1 : -1);
    case 'unsigned':
      return meters.unsigned.inc();
    case 'sign-in':
      return meters.signIns.inc({ outcome: happening.outcome });
    case 'sweep':
      return meters.sweeps.inc({ outcome: happening.outcome });
  }
}

function observe(
  meters: Meters,
  work: Exclude<Work, { kind: 'task' }>,
  { facts, seconds }: { readonly facts: Facts; readonly seconds: number },
): void {
  const { outcome = 'answered' } = facts;
  switch (work.kind) {
    case 'turn':
      meters.turns.inc({ channel: work.channel, outcome });
      return meters.turnSeconds.observe({ channel: work.channel }, seconds);
    case 'exchange':
      return meters.dependencySeconds.observe({ dependency: work.dependency, outcome }, seconds);
    case 'store':
      return meters.storeSeconds.observe({ operation: work.operation }, seconds);
  }
}
