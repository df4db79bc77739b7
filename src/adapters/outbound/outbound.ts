import { Agent, type Dispatcher } from 'undici';
import type { DependencyKind } from '../../core/contracts/telemetry.ts';
import { Dependencies } from './dependency.ts';
import { createGuardedConnector, HOST_REFUSED, NOT_PUBLIC } from './outbound-guard.ts';

/** Longest answer that is read, in bytes. */
const MOST_BYTES = 64 * 1024;
const TOO_LONG = `answer over ${MOST_BYTES} bytes`;
/** Ends attempts to connect that nobody waits for any more, milliseconds. */
const CONNECT_TIMEOUT = 10_000;

export interface OutboundRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Deadline of the whole exchange, milliseconds. */
  readonly timeout: number;
}

export interface Exchange {
  /** Whether a connection stood, so that the request may have arrived. */
  readonly connected: boolean;
  /** HTTP status; null when none came. */
  readonly status: number | null;
  /** `content-encoding` of the answer; empty when it is not encoded. */
  readonly encoding: string;
  readonly body: Uint8Array;
  /** Why the answer is not complete, without values; null when it is. */
  readonly failure: string | null;
}

/** Requests behind the outbound guard. Never rejects, never follows a redirect, never sends twice. */
export interface Outbound {
  exchange(request: OutboundRequest): Promise<Exchange>;
}

export interface OutboundOptions {
  /** What is asked; `web service` unless given. */
  readonly kind?: DependencyKind;
  /** Of the server, by origin; its own unless given. */
  readonly dependencies?: Dependencies | undefined;
}

/** `hosts` as in `createGuardedConnector`. */
export function createOutbound(hosts: readonly string[], options: OutboundOptions = {}): Outbound {
  const { kind = 'web service', dependencies = new Dependencies() } = options;
  const agent = new Agent({
    connect: createGuardedConnector({ hosts, timeout: CONNECT_TIMEOUT }),
    // A fresh connection each time: one that died while it was kept open would cost a message that must not be repeated.
    pipelining: 0,
  });
  return {
    exchange: (request) =>
      dependencies.at(request.url.origin, kind).use({
        timeout: request.timeout,
        async exchange(timeout) {
          const result = await exchange(agent, { ...request, timeout });
          return { result, fault: faultOf(result) };
        },
        refused: (failure) => ({ connected: false, status: null, encoding: '', body: new Uint8Array(), failure }),
      }),
  };
}

function exchange(agent: Dispatcher, request: OutboundRequest): Promise<Exchange> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    let status: number | null = null;
    let encoding = '';
    let running: Dispatcher.DispatchController | null = null;
    let ended = false;

    const end = (failure: string | null): void => {
      if (ended) return;
      ended = true;
      clearTimeout(deadline);
      resolve({ connected: running !== null, status, encoding, body: Buffer.concat(chunks), failure });
      if (failure !== null) running?.abort(new Error(failure));
    };
    // Our own timer, because undici heeds an abort signal only once it is connected.
    const deadline = setTimeout(() => end('timeout'), request.timeout);

    agent.dispatch(
      {
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: request.method,
        headers: { ...request.headers, 'accept-encoding': 'identity' },
        body: request.body,
      },
      {
        onRequestStart(controller) {
          if (ended) controller.abort(new Error('nobody waits any more'));
          else running = controller;
        },
        onResponseStart(_controller, code, headers) {
          if (code < 200) return;
          status = code;
          encoding = String(headers['content-encoding'] ?? '');
        },
        onResponseData(_controller, chunk) {
          size += chunk.length;
          if (size > MOST_BYTES) end(TOO_LONG);
          else chunks.push(chunk);
        },
        onResponseEnd: () => end(null),
        onResponseError: (_controller, error) => end(reasonOf(error)),
      },
    );
  });
}

/** What we refused ourselves is nothing that the other side failed by. */
const OURS: readonly (string | null)[] = [NOT_PUBLIC, TOO_LONG];

/** Many services answer 500 to one account or number that they cannot handle; from 502 on it is the service that is away. */
const AWAY = 502;

function faultOf({ status, failure }: Exchange): string | null {
  if (status !== null && status >= AWAY) return `HTTP ${status}`;
  return OURS.includes(failure) ? null : failure;
}

/** Codes only: the messages of undici and Node hold addresses. */
function reasonOf(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return code === HOST_REFUSED ? NOT_PUBLIC : code;
}
