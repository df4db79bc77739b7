import { createMetrics, type Metrics } from '../../adapters/telemetry/metrics.ts';
import { together } from '../../adapters/telemetry/together.ts';
import type { Log } from '../../app/parts.ts';
import type { Telemetry } from '../../core/contracts/telemetry.ts';
import type { Environment } from '../environment.ts';

export interface ServersTelemetry {
  readonly telemetry: Telemetry;
  readonly metrics: Metrics;
  /** Hands over what is left. */
  close(): Promise<void>;
}

/** Metrics, and traces where there is a collector; what makes them is loaded only then. */
export async function createTelemetry(environment: Environment, log: Log): Promise<ServersTelemetry> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share } = environment;
  const metrics = createMetrics();
  if (endpoint === undefined) return { telemetry: metrics, metrics, close: () => Promise.resolve() };
  const { createTraces } = await import('../../adapters/telemetry/traces.ts');
  const traces = createTraces({
    endpoint,
    share,
    listener: (takes) =>
      takes
        ? log.info({}, 'the collector takes traces again')
        : log.warn({}, 'the collector takes no traces: they are dropped'),
  });
  return { telemetry: together(metrics, traces), metrics, close: () => traces.close() };
}
