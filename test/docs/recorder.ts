import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Headers that a page shows; the others belong to the connection. */
const SHOWN = ['accept', 'authorization', 'content-type'];

/** A service on loopback that answers 200 with this body and writes down every request as the pages show them. */
export async function recorder(answer = ''): Promise<{
  readonly origin: string;
  readonly requests: readonly string[];
  close(): Promise<void>;
}> {
  const requests: string[] = [];
  const record = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests.push(asShown(request, await text(request)));
    response.setHeader('connection', 'close').end(answer);
  };
  const server = createServer((request, response) => void record(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

function asShown({ method, url, headers }: IncomingMessage, body: string): string {
  const shown = SHOWN.flatMap((name) => (headers[name] === undefined ? [] : [`${name}: ${String(headers[name])}\n`]));
  return `${method} ${url}\n${shown.join('')}${body === '' ? '' : `\n${body}\n`}`;
}
