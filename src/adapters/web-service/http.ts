import type { ServiceAnswer, ServiceRequest, WebService } from '../../core/contracts/web-service.ts';
import type { Dependencies } from '../outbound/dependency.ts';
import { createOutbound, type Exchange, type OutboundRequest } from '../outbound/outbound.ts';
import { readHttpUrl } from '../outbound/outbound-guard.ts';
import { readXml } from './xml-reader.ts';

/**
 * The customer's web services (G31): a form by POST, or a query by GET, answered by XML with HTTP 2xx.
 * `hosts`: where services may be besides public addresses, `host` or `host:port`. `dependencies`: of the server; its own
 * unless given.
 */
export function createWebService(options: {
  readonly hosts: readonly string[];
  readonly dependencies?: Dependencies;
}): WebService {
  const outbound = createOutbound(options.hosts, { dependencies: options.dependencies });
  return {
    async call(request) {
      const url = readHttpUrl(request.url);
      if (url === null) return failed('the address is not http or https, or holds a user name');
      return readAnswer(await outbound.exchange(toExchange(request, url)));
    },
  };
}

function toExchange(request: ServiceRequest, url: URL): OutboundRequest {
  const { method, timeout } = request;
  const headers = { accept: 'application/xml, text/xml' };
  const parameters = new URLSearchParams(request.parameters);
  if (method === 'GET') {
    for (const [name, value] of parameters) url.searchParams.append(name, value);
    return { method, url, timeout, headers, body: null };
  }
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  return { method, url, timeout, headers: form, body: parameters.toString() };
}

/** `content-type` decides nothing: services send all sorts, and only well-formed XML passes the reader. */
function readAnswer({ connected, status, failure, encoding, body }: Exchange): ServiceAnswer {
  if (!connected) return { kind: 'failed', reason: failure ?? 'no connection', unsent: true };
  if (status !== null && (status < 200 || status > 299)) return failed(`HTTP ${status}`);
  if (failure !== null) return failed(failure);
  if (encoding !== '' && encoding !== 'identity') return failed('the answer is compressed');
  return readXml(body);
}

function failed(reason: string): ServiceAnswer {
  return { kind: 'failed', reason };
}
