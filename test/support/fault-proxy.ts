import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * What happens to connections from now on. `refuse`: nobody listens. `reset`: as soon as it stands. `reset after the
 * request`: instead of the answer to what the client said. `black hole`: nothing is ever said. `drip`: an answer of one
 * byte a second. `truncate`: half of an answer, and the end. `delay`: each answer so many milliseconds later.
 */
export type Fault =
  | 'pass'
  | 'refuse'
  | 'reset'
  | 'reset after the request'
  | 'black hole'
  | 'drip'
  | 'truncate'
  | { readonly delay: number };

const LOOPBACK = '127.0.0.1';

/** Stands on a port of 127.0.0.1 before somebody's server, and makes it fail as a test wants it, while it runs. */
export class FaultProxy {
  readonly port: number;
  private fault: Fault = 'pass';
  private to = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(server: Server, port: number) {
    this.server = server;
    this.port = port;
    server.on('connection', (socket: Socket) => this.serve(socket));
  }

  /** Until it is told where to lead, it refuses nobody and leads nowhere. */
  static async open(): Promise<FaultProxy> {
    const server = createServer();
    server.listen(0, LOOPBACK);
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
    return new FaultProxy(server, address.port);
  }

  /** `127.0.0.1:port`, as SERVICE_HOSTS takes it. */
  get host(): string {
    return `${LOOPBACK}:${this.port}`;
  }

  leadsTo(port: number): void {
    this.to = port;
  }

  /** Connections that stand already end. */
  async becomes(fault: Fault): Promise<void> {
    this.fault = fault;
    for (const socket of this.sockets) socket.destroy();
    if (fault === 'refuse') {
      await this.stop();
    } else if (!this.server.listening) {
      this.server.listen(this.port, LOOPBACK);
      await once(this.server, 'listening');
    }
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await this.stop();
  }

  private async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  private serve(client: Socket): void {
    this.keep(client);
    if (this.fault === 'reset') client.resetAndDestroy();
    else if (this.fault === 'black hole') client.resume();
    else this.lead(client, this.fault);
  }

  private lead(client: Socket, fault: Fault): void {
    const server = this.keep(connect(this.to, LOOPBACK));
    let isAsked = false;
    client.on('data', (data) => {
      isAsked = true;
      server.write(data);
    });
    client.on('end', () => server.end());
    client.on('close', () => server.destroy());
    const answer = answering(client, fault, () => isAsked);
    server.on('data', (data: Buffer) => answer(data));
    server.on('end', () => answer(null));
  }

  private keep(socket: Socket): Socket {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
    return socket;
  }
}

/** How what the server says comes to the client; null: it has ended. */
function answering(client: Socket, fault: Fault, isAsked: () => boolean): (data: Buffer | null) => void {
  const pass = (data: Buffer | null): void => {
    if (client.destroyed) return;
    if (data === null) client.end();
    else client.write(data);
  };
  if (typeof fault === 'object') return (data) => void setTimeout(pass, fault.delay, data);
  if (fault === 'drip') return dripping(client);
  if (fault === 'truncate')
    return (data) => void (data === null ? client.end() : client.end(data.subarray(0, data.length / 2)));
  if (fault !== 'reset after the request') return pass;
  return (data) => {
    if (isAsked()) client.resetAndDestroy();
    else pass(data);
  };
}

function dripping(client: Socket): (data: Buffer | null) => void {
  const bytes: number[] = [];
  const drops = setInterval(() => {
    const next = bytes.shift();
    if (next !== undefined) client.write(Buffer.of(next));
  }, 1_000);
  client.on('close', () => clearInterval(drops));
  return (data) => void bytes.push(...(data ?? []));
}
