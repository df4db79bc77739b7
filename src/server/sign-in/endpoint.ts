import express, { Router, type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import type { SignIns } from '../../app/sign-in/sign-ins.ts';
import type { Log } from '../../app/parts.ts';
import type { Telemetry } from '../../core/contracts/telemetry.ts';
import { readBrowser } from './browser.ts';
import { DEVICE_COOKIE, setToken, tokenIn } from './cookies.ts';
import { addressOf, isPlatform, type PlatformAccess } from './platform.ts';
import { fieldsOf, type Fields } from './request-fields.ts';
import { returnAddress } from './return-address.ts';

export interface EndpointOptions {
  readonly signIns: Pick<SignIns, 'ask' | 'redeem'>;
  readonly access: PlatformAccess;
  /** The parameter that holds the JSON about the browser: the document does not name it (E6). */
  readonly browserParameter: string;
  /** Exact origins that a browser may be sent back to; the first one where nothing else is asked for. */
  readonly returnOrigins: readonly string[];
  /** How long a device is remembered, milliseconds. */
  readonly deviceLasts: () => number;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly log: Log;
  readonly telemetry: Telemetry;
}

/** Where the endpoint and its pages are. */
export const SIGN_IN_PATH = '/enhanced-authentication';

/**
 * What platforms ask (E2): `POST /enhanced-authentication` when a user signs in, and `POST .../redeem` with the ticket.
 * Whatever goes wrong, the answer is never errorNumber 0 and never a 5xx.
 */
export function endpointRoutes(options: EndpointOptions): Router {
  const { signIns, log, telemetry } = options;
  const routes = Router({ caseSensitive: true, strict: true });
  const unread = (response: Response, reason: string): void => {
    log.warn({ reason }, 'the platform asked about a sign-in, and nobody can read what it asked');
    refuse(response, 400);
  };
  const platform: RequestHandler = (request, response, next) => {
    if (isPlatform(request, options.access)) return next();
    telemetry.count({ kind: 'sign-in', outcome: 'stranger' });
    answer(response.status(401).set('WWW-Authenticate', 'Bearer'), { errorNumber: 101 });
  };
  const read = express.text({ type: () => true, limit: '16kb' });
  const asked = (handle: (fields: Fields, ...at: Parameters<RequestHandler>) => Promise<void>): RequestHandler => {
    return async (request, response, next) => {
      const fields = fieldsOf(typeof request.body === 'string' ? request.body : '', request.get('content-type') ?? '');
      if (fields === null) return unread(response, 'its body is not the form, JSON or XML that its Content-Type says');
      try {
        await handle(fields, request, response, next);
      } catch (error) {
        telemetry.count({ kind: 'sign-in', outcome: 'failed' });
        log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'a sign-in failed');
        refuse(response, 200);
      }
    };
  };
  routes.post(
    '/',
    platform,
    read,
    asked(async (fields, request, response) => {
      const user = fields.get('userLogonReferenceAuthenticate') ?? '';
      if (user === '' || user.length > 256 || user.includes(UNDECODED))
        return unread(response, 'userLogonReferenceAuthenticate is missing, given twice, too long, or not readable');
      const { fingerprint, name } = readBrowser(fields.get(options.browserParameter) ?? '');
      const device = tokenIn(request, DEVICE_COOKIE);
      const answered = await signIns.ask({
        user,
        fingerprint,
        browserName: name,
        returnTo: returnFor(fields.get('returnUrl'), options),
        address: addressOf(request),
        device,
      });
      if (answered.device !== null)
        setToken(response, { name: DEVICE_COOKIE, token: answered.device, lasts: options.deviceLasts() });
      if (answered.kind === 'ask') {
        const redirect = `${options.publicUrl}${SIGN_IN_PATH}/page/${answered.page}`;
        return answer(response, { errorNumber: 101, redirect });
      }
      answer(response, { errorNumber: 0, ttl: answered.ttl });
    }),
  );
  routes.post(
    '/redeem',
    platform,
    read,
    asked(async (fields, _request, response) => {
      const ticket = fields.get('ticket') ?? '';
      const redeemed = TICKET.test(ticket) ? await signIns.redeem(ticket) : null;
      if (redeemed === null) return answer(response, { errorNumber: 101 });
      answer(response, { errorNumber: 0, ttl: redeemed.ttl, user: redeemed.user });
    }),
  );
  const unreadable: ErrorRequestHandler = (_error, _request, response, _next) => refuse(response, 400);
  routes.use(unreadable);
  return routes;
}

/** What stands for bytes that are not of the character set the request names: other bytes, another user, the same name. */
const UNDECODED = '\uFFFD';

const TICKET = /^[\w-]{22,86}$/;

function returnFor(asked: string | undefined, { returnOrigins, log }: EndpointOptions): string {
  const first = `${returnOrigins[0] ?? ''}/`;
  if (asked === undefined || asked === '') return first;
  const allowed = returnAddress(asked, returnOrigins);
  if (allowed === null) log.warn({}, 'a sign-in asked for a way back that is not among RETURN_ORIGINS');
  return allowed ?? first;
}

/** Not authorised, and nowhere to go: the request was no proper one, or something of ours has failed. */
function refuse(response: Response, status: number): void {
  answer(response.status(status), { errorNumber: 101 });
}

/** The XML response of the reference (E14 to E18). */
function answer(response: Response, values: Readonly<Record<string, string | number>>): void {
  const elements = Object.entries(values).map(([name, value]) => `<${name}>${escaped(String(value))}</${name}>`);
  response
    .set({ 'Cache-Control': 'no-store', 'Content-Type': 'application/xml; charset=utf-8' })
    .send(`<response>${elements.join('')}</response>`);
}

function escaped(text: string): string {
  // oxlint-disable-next-line no-control-regex
  const legal = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '');
  return legal.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
