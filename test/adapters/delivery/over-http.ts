import type { IncomingMessage, RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Delivery } from '../../../src/core/contracts/delivery.ts';
import type { Arrived, DeliveryRig, OtherSide } from '../../contracts/delivery.ts';
import { closedPort, dripping, listenHttp, listenTcp, silent } from '../loopback.ts';

/** What the contract has to know of a sender that asks somebody's HTTP interface. */
export interface OverHttp extends Omit<DeliveryRig, 'open'> {
  /** The sender, at an interface with this address. */
  readonly create: (url: string, timeout: number) => Delivery;
  /** The answer to a message that was taken. */
  readonly taken: { readonly status: number; readonly body: string };
  /** The recipient that a request names. */
  readonly readTo: (body: string, request: IncomingMessage) => string;
}

type Opened = { readonly port: number; readonly arrived: readonly Arrived[] };

/** A sender by HTTP as the contract opens it: every other side is a server on this machine. */
export function overHttp({ create, taken, readTo, ...rig }: OverHttp): DeliveryRig {
  const taking = async (answers: boolean): Promise<Opened> => {
    const arrived: Arrived[] = [];
    const port = await listenHttp(async (request, response) => {
      const body = await text(request);
      arrived.push({ to: readTo(body, request), content: `${request.url}\n${body}` });
      if (answers) response.writeHead(taken.status).end(taken.body);
      else request.socket.destroy();
    });
    return { port, arrived };
  };
  const failing = async (status: number): Promise<Opened> => ({ port: await listenHttp(refuse(status)), arrived: [] });
  const drip = dripping(`HTTP/1.1 ${taken.status} Taken\r\n`, 'x: y\r\n');
  const otherSides: Record<OtherSide, () => Promise<Opened>> = {
    taking: () => taking(true),
    cutting: () => taking(false),
    refusing: () => failing(400),
    busy: () => failing(503),
    silent: async () => ({ port: await listenTcp(silent), arrived: [] }),
    dripping: async () => ({ port: await listenTcp(drip), arrived: [] }),
    absent: async () => ({ port: await closedPort(), arrived: [] }),
  };
  return {
    ...rig,
    async open(behaviour, timeout) {
      const { port, arrived } = await otherSides[behaviour]();
      return { delivery: create(`http://127.0.0.1:${port}`, timeout), arrived };
    },
  };
}

/** As tactless interfaces do: what was asked stands in the answer. */
function refuse(status: number): RequestListener {
  return async (request, response) => {
    const body = await text(request);
    response.writeHead(status).end(body);
  };
}
