import type { Request, RequestHandler } from 'express';

const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1)(?::\d{1,5})?$/i;
const LOOPBACK_ADDRESS = /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$|^::1$/;
/** What the names of headers begin with by which proxies, tunnels and delivery networks make themselves known. */
const FORWARDED = [
  'forwarded',
  'x-forwarded',
  'via',
  'cdn-loop',
  'client-ip',
  'true-client-ip',
  'x-real-',
  'x-original-',
  'x-client-',
  'x-cluster-',
  'x-proxy',
  'cf-',
  'ngrok-',
  'x-ngrok-',
  'fly-',
  'fastly-',
  'tailscale-',
  'x-vercel-',
  'x-envoy-',
  'x-amz',
  'x-azure-',
  'x-arr-',
  'x-cloud-',
];

/**
 * Answers 404 to everyone but a browser or tool on this machine that names this machine. The remote address alone
 * proves nothing, since tunnels connect from loopback; the Host alone neither, since anyone can write it.
 */
export const localOnly: RequestHandler = (request, response, next) => {
  if (isLocal(request)) next();
  else response.status(404).json({ error: 'not-found' });
};

/** Whether a request comes from this machine, by no proxy and no tunnel. */
export function isLocal(request: Request): boolean {
  return (
    // A proxy that names itself nowhere and writes our own name as Host still speaks HTTP/1.0, as nginx does unasked.
    request.httpVersion !== '1.0' &&
    LOOPBACK_ADDRESS.test(request.socket.remoteAddress ?? '') &&
    LOCAL_HOST.test(request.headers.host ?? '') &&
    !Object.keys(request.headers).some((name) => FORWARDED.some((start) => name.startsWith(start)))
  );
}
