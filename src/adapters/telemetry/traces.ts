import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { ExportResultCode, parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import type { Facts, Telemetry, Work } from '../../core/contracts/telemetry.ts';

/** A collector that has not taken spans by then, retries included, has not taken them, milliseconds. */
const TAKEN_WITHIN = 5_000;
/** A stop waits no longer for a collector, milliseconds. */
const LAST_EXPORT = 2_000;

export interface TracesOptions {
  /** Of the collector (OTLP over HTTP): `/v1/traces` is added. */
  readonly endpoint: string;
  /** How much is traced, 0 to 1, where the request does not say it by itself. */
  readonly share: number;
  /** Hears when the collector takes nothing any more, and when it does again. */
  readonly listener: (takes: boolean) => void;
}

export interface Traces extends Telemetry {
  /** Hands over what is left, as far as there is time. */
  close(): Promise<void>;
}

/**
 * One trace for each turn: within it its tasks, what they ask dependencies, and what the store did. Spans are handed to the
 * collector in the background; what it does not take in time is dropped.
 */
export function createTraces({ endpoint, share, listener }: TracesOptions): Traces {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: TAKEN_WITHIN,
  });
  const provider = new TracerProvider({
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES win.
    resource: resourceFromAttributes({ 'service.name': 'dialproof' }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter: heard(exporter, listener) })],
  });
  const tracer = provider.getTracer('dialproof');
  const around = new AsyncLocalStorage<Context>();
  return {
    count: () => {},
    async during(work, act) {
      const parent = work.kind === 'turn' ? parentOf(work.parent) : around.getStore();
      // What belongs to no turn, a sweep for example, is nobody's wait.
      if (parent === undefined) return act(() => {});
      const span = begin(tracer, work, parent);
      try {
        return await around.run(trace.setSpan(parent, span), () => act((facts) => note(span, facts)));
      } catch (error) {
        // Without the error: its message may hold anything.
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    },
    // It rejects with what the listener has heard already, and no trace is worth a stop that fails.
    close: () => Promise.race([provider.shutdown().catch(() => {}), pause(LAST_EXPORT, undefined, { ref: false })]),
  };
}

/** What the request says that it is a part of. */
function parentOf(traceparent: string): Context {
  const parent = parseTraceParent(traceparent);
  return parent === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true });
}

function begin(tracer: Tracer, work: Work, parent: Context): Span {
  const { name, kind, attributes } = described(work);
  return tracer.startSpan(name, { kind, attributes }, parent);
}

function described(work: Work): {
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
} {
  switch (work.kind) {
    case 'turn':
      return { name: 'turn', kind: SpanKind.SERVER, attributes: named({ call: work.call, channel: work.channel }) };
    case 'task':
      return { name: `task ${work.task}`, kind: SpanKind.INTERNAL, attributes: named({ service: work.service }) };
    case 'exchange':
      return { name: `ask ${work.dependency}`, kind: SpanKind.CLIENT, attributes: {} };
    case 'store':
      return { name: `store ${work.operation}`, kind: SpanKind.CLIENT, attributes: {} };
  }
}

function note(span: Span, facts: Facts): void {
  span.setAttributes(named({ ...facts }));
  if (facts.outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
}

function named(words: Readonly<Record<string, string | undefined>>): Attributes {
  return Object.fromEntries(
    Object.entries(words).flatMap(([name, word]) =>
      word === undefined || word === '' ? [] : [[`dialproof.${name}`, word] as const],
    ),
  );
}

/** The same exporter; the listener is told of changes only. */
function heard(exporter: SpanExporter, listener: (takes: boolean) => void): SpanExporter {
  let took = true;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const takes = result.code === ExportResultCode.SUCCESS;
        if (takes !== took) listener(takes);
        took = takes;
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}
