import { Router } from 'express';
import type { ServerOptions } from './server-options.ts';

/** `/healthz`: the process lives. `/readyz`: it can take calls; 503 says what is missing. */
export function healthRoutes({ readiness }: Pick<ServerOptions, 'readiness'>): Router {
  const routes = Router();
  routes.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  routes.get('/readyz', async (_request, response) => {
    const reasons = await readiness.reasons();
    if (reasons.length === 0) response.json({ status: 'ready' });
    else response.status(503).json({ status: 'not ready', reasons });
  });
  return routes;
}
