import { Router } from 'express';
import { DialproofError } from '../core/errors.ts';
import type { ServerOptions } from './server-options.ts';

/** `/healthz`: the process lives. `/readyz`: it can take calls; 503 says what is missing. */
export function healthRoutes({ store, clock }: Pick<ServerOptions, 'store' | 'clock'>): Router {
  const routes = Router();
  routes.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  routes.get('/readyz', async (_request, response) => {
    try {
      await store.ready(clock.now());
      response.json({ status: 'ready' });
    } catch (error) {
      const reasons = error instanceof DialproofError ? [error.message, error.fix] : ['The store takes no writes.'];
      response.status(503).json({ status: 'not ready', reasons });
    }
  });
  return routes;
}
