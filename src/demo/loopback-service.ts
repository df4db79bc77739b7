import { once } from 'node:events';
import type { Server } from 'node:net';
import express from 'express';

export const LOOPBACK = '127.0.0.1';

/** An HTTP service of the demo company. */
export interface LoopbackService {
  readonly url: string;
  /** `127.0.0.1:port`, as SERVICE_HOSTS takes it. */
  readonly host: string;
  close(): Promise<void>;
}

const refuseUnreadable: express.ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(400).json({ error: 'The body of the request cannot be read. Send it in the documented format.' });
};

/** Serves `routes` under `path` on a free port of 127.0.0.1. Errors never repeat what was sent: it holds codes. */
export async function startLoopbackService(path: string, routes: express.Router): Promise<LoopbackService> {
  const app = express().disable('x-powered-by').use(path, routes).use(refuseUnreadable);
  const server = app.listen(0, LOOPBACK);
  await once(server, 'listening');
  const host = `${LOOPBACK}:${portOf(server)}`;
  return {
    url: `http://${host}${path}`,
    host,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The port of a server that listens on TCP. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new Error('The demo server has no port: it does not listen on TCP.');
  return address.port;
}
