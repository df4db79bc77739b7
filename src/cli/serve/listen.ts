import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { invalid } from '../environment.ts';

/** Milliseconds. */
const CLOSE_IDLE_EVERY = 50;

export interface Listening {
  readonly port: number;
  readonly server: http.Server;
  /** From here on each answer closes its connection, so that whoever keeps some for later, a balancer, keeps none. */
  drain(): void;
  /** Answers what is in flight, then stops. */
  close(): Promise<void>;
}

/** Listens; the application is given once the port is known. The platform gives up after 15 s, and so do we. */
export async function listen(at: {
  readonly host: string;
  readonly port: number;
}): Promise<Listening & { serve(app: RequestListener): void }> {
  const server = http.createServer({ requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 60_000 });
  server.listen(at.port, at.host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw invalid([
      code === 'EADDRINUSE'
        ? `PORT ${at.port} is in use by another program: end it, or set another PORT`
        : `HOST and PORT cannot be listened on (${code})`,
    ]);
  }
  return {
    server,
    port: (server.address() as AddressInfo).port,
    serve: (app) => void server.on('request', app),
    drain: () =>
      void server.prependListener('request', (_request, response) => response.setHeader('connection', 'close')),
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      // Platforms keep a connection open when its turn has been answered: nobody else would close it.
      const idle = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_EVERY);
      await closed;
      clearInterval(idle);
    },
  };
}
