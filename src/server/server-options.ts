import type { Router } from 'express';
import type { ReportReader } from '../adapters/delivery/reports.ts';
import type { CodeCalls } from '../app/code-calls.ts';
import type { Engine } from '../app/engine.ts';
import type { Parts } from '../app/parts.ts';
import type { Readiness } from '../app/readiness.ts';
import type { Method } from '../core/method.ts';
import type { MetricsOptions } from './metrics-routes.ts';
import type { Recordings } from './recordings.ts';
import type { SignInOptions } from './sign-in/sign-in-routes.ts';

export interface ServerOptions {
  readonly engine: Engine;
  readonly codeCalls: CodeCalls;
  readonly readiness: Pick<Readiness, 'reasons'>;
  readonly log: Parts['log'];
  readonly telemetry: Parts['telemetry'];
  readonly metrics: MetricsOptions;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** Auth tokens that webhooks may be signed with. */
  readonly tokens: readonly string[];
  readonly recordings: Recordings;
  /** How delivery reports are read; a method that is missing gets none. */
  readonly reports: Partial<Readonly<Record<Method, ReportReader>>>;
  /** Web sign-ins; absent: no platform may ask. */
  readonly signIn?: SignInOptions;
  /** Addresses whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Routes of the demo company. */
  readonly demo?: Router;
}
