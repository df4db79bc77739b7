import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** A server of somebody else's, on a free port of 127.0.0.1, that misbehaves as a test wants it. */
export interface StubServer {
  readonly port: number;
  /** `127.0.0.1:port`, as SERVICE_HOSTS takes it. */
  readonly host: string;
  readonly url: string;
  close(): Promise<void>;
}

/** Answers HTTP requests, or does not. */
export async function httpStub(
  answer: (response: ServerResponse, body: string, request: IncomingMessage) => void,
): Promise<StubServer> {
  const server = createHttpServer((request, response) => {
    text(request).then(
      (body) => answer(response, body, request),
      () => response.destroy(),
    );
  });
  return listening(server);
}

/** Speaks TCP, or does not. */
export async function tcpStub(onConnection: (socket: Socket) => void): Promise<StubServer> {
  return listening(createTcpServer(onConnection));
}

/** Takes connections and says nothing. */
export function silentStub(): Promise<StubServer> {
  return tcpStub((socket) => void socket.resume());
}

/** Nothing listens there any more. */
export async function closedStub(): Promise<StubServer> {
  const stub = await silentStub();
  await stub.close();
  return { ...stub, close: () => Promise.resolve() };
}

async function listening(server: Server): Promise<StubServer> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stub has no port');
  const host = `127.0.0.1:${address.port}`;
  return {
    port: address.port,
    host,
    url: `http://${host}/`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** The settings that put a stub in the place of all services that external codes need. */
export function servicesAt({ url, host }: Pick<StubServer, 'url' | 'host'>) {
  return {
    CONTACT_METHODS_URL: `${url}methods`,
    SEND_CODE_URL: `${url}send`,
    VERIFY_CODE_URL: `${url}verify`,
    SERVICE_HOSTS: host,
  };
}
