import type { Server } from 'node:http';

/** Lets a server listen on loopback, at a port that is free; closes it and its connections through `closers`. */
export async function listen(server: Server, closers: (() => unknown)[] = []): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens at no port.');
  return address.port;
}
