import type { Router } from 'express';
import type { ReportReader } from '../adapters/delivery/reports.ts';
import type { CodeCalls } from '../app/code-calls.ts';
import type { Engine } from '../app/engine.ts';
import type { Parts } from '../app/parts.ts';
import type { Method } from '../core/method.ts';
import type { Recordings } from './recordings.ts';
import type { SignInOptions } from './sign-in/sign-in-routes.ts';

export interface ServerOptions {
  readonly engine: Engine;
  readonly codeCalls: CodeCalls;
  readonly store: Parts['store'];
  readonly clock: Parts['clock'];
  readonly log: Parts['log'];
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
