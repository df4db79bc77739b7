import type { Router } from 'express';
import type { Engine } from '../app/engine.ts';
import type { Parts } from '../app/parts.ts';
import type { Recordings } from './recordings.ts';

export interface ServerOptions {
  readonly engine: Engine;
  readonly store: Parts['store'];
  readonly clock: Parts['clock'];
  readonly log: Parts['log'];
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** Auth tokens that webhooks may be signed with. */
  readonly tokens: readonly string[];
  readonly recordings: Recordings;
  /** Routes of the demo company. */
  readonly demo?: Router;
}
