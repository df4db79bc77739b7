import { Router } from 'express';
import { hasKey } from './bearer.ts';
import { isLocal } from './local-only.ts';

export interface MetricsOptions {
  /** One of them has to be brought by whoever asks; where there is none, only this machine may ask. */
  readonly tokens: readonly string[];
  /** The metrics of now, in the Prometheus text format. */
  readonly read: () => Promise<{ readonly type: string; readonly text: string }>;
}

/** `/metrics`, with `Authorization: Bearer METRICS_TOKEN`; where no token is set, for this machine only. */
export function metricsRoutes({ tokens, read }: MetricsOptions): Router {
  const routes = Router();
  routes.get('/metrics', async (request, response) => {
    if (tokens.length === 0 ? !isLocal(request) : !hasKey(request, tokens)) {
      response.status(401).set('WWW-Authenticate', 'Bearer').type('text/plain').send(REFUSED);
      return;
    }
    const { type, text } = await read();
    response.set({ 'content-type': type, 'cache-control': 'no-store' }).end(text);
  });
  return routes;
}

const REFUSED =
  'The metrics are told to whoever sends METRICS_TOKEN as "Authorization: Bearer ...", and, where none is set, to this machine alone.\n';
