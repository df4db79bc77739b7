import { randomBytes } from 'node:crypto';
import express, { Router, type ErrorRequestHandler, type Request, type Response } from 'express';
import type { Log } from '../../app/parts.ts';
import type { Entered, Seen, Visit } from '../../app/sign-in/asked.ts';
import type { Telemetry } from '../../core/contracts/telemetry.ts';
import type { SignIns } from '../../app/sign-in/sign-ins.ts';
import { BROWSER_COOKIE, DEVICE_COOKIE, setToken, tokenIn } from './cookies.ts';
import { addressOf } from './platform.ts';
import { withTicket } from './return-address.ts';

export interface PageOptions {
  readonly signIns: Pick<SignIns, 'visit' | 'enter'>;
  /** The HTML of what is seen. `action`: where its form goes; `languages`: what the browser asks for, the dearest first. */
  readonly html: (
    seen: Exclude<Seen, { kind: 'passed' }>,
    view: { readonly action: string; readonly languages: readonly string[] },
  ) => string;
  /** Stylesheets by name. */
  readonly styles: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string>>;
  /** How long a device is remembered, milliseconds. */
  readonly deviceLasts: () => number;
  /** Without a trailing slash. */
  readonly publicUrl: string;
  readonly log: Log;
  readonly telemetry: Telemetry;
}

/**
 * The pages of web sign-ins, and their forms. A form must come from a page of ours (Origin), in the browser that the
 * sign-in belongs to, with the page's token, which counts once; then the browser is sent to the page again.
 */
export function pageRoutes(options: PageOptions): Router {
  const { signIns, log, telemetry } = options;
  const routes = Router({ caseSensitive: true, strict: true });
  routes.use('/page', (_request, response, next) => {
    response.set({ ...options.headers, 'Cache-Control': 'no-store' });
    next();
  });
  // Whoever only looks, as a filter of links does, must not become the browser of the page, nor have a code sent.
  routes.head('/page/:token', (_request, response) => response.status(405).set('Allow', 'GET, POST').end());
  routes.get('/page/:token', async (request, response) => {
    const browser = tokenIn(request, BROWSER_COOKIE) || randomBytes(24).toString('base64url');
    const seen = await signIns.visit(visitOf(request, browser)).catch((error: unknown): Seen => {
      telemetry.count({ kind: 'sign-in', outcome: 'failed' });
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'the page of a sign-in failed');
      return { kind: 'refused', why: 'unavailable' };
    });
    // Of two first requests at once, the one that comes too late must not take the cookie of the other away.
    if (seen.kind !== 'refused') setToken(response, { name: BROWSER_COOKIE, token: browser });
    show(request, response, { seen, options });
  });
  const again = (request: Request, response: Response): void => response.redirect(303, pageUrl(request, options));
  routes.post('/page/:token', express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 20 }));
  routes.post('/page/:token', async (request, response) => {
    const browser = tokenIn(request, BROWSER_COOKIE);
    const entered = isOurs(request, options) && browser !== '' ? enteredIn(request.body) : null;
    if (entered !== null)
      await signIns
        .enter(visitOf(request, browser), entered)
        .catch((error: unknown) =>
          log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'what was entered could not be taken'),
        );
    again(request, response);
  });
  const unreadable: ErrorRequestHandler = (_error, _request, response, _next) => response.status(400).end();
  routes.use('/page', unreadable);
  for (const [name, css] of options.styles)
    routes.get(`/${name}`, (_request, response) => {
      response.set({ 'Cache-Control': 'public, max-age=300', 'X-Content-Type-Options': 'nosniff' });
      response.type('css').send(css);
    });
  return routes;
}

function visitOf(request: Request, browser: string): Visit {
  const { token } = request.params;
  return {
    token: String(token),
    browser,
    device: tokenIn(request, DEVICE_COOKIE),
    address: addressOf(request),
    languages: languagesOf(request),
  };
}

/** Browsers write a few dozen characters; reading thousands of languages would take as long as many pages. */
function languagesOf(request: Request): readonly string[] {
  return (request.get('accept-language') ?? '').length > 512 ? [] : request.acceptsLanguages();
}

function show(
  request: Request,
  response: Response,
  { seen, options }: { readonly seen: Seen; readonly options: PageOptions },
): void {
  const device = seen.kind === 'refused' ? null : seen.device;
  if (device !== null) setToken(response, { name: DEVICE_COOKIE, token: device, lasts: options.deviceLasts() });
  if (seen.kind === 'passed') return response.redirect(303, withTicket(seen.returnTo, seen.ticket));
  const view = { action: pageUrl(request, options), languages: languagesOf(request) };
  response
    .status(seen.kind === 'refused' ? STATUS[seen.why] : 200)
    .type('html')
    .send(options.html(seen, view));
}

const STATUS = { unknown: 404, expired: 410, 'of-another': 403, 'outside-hours': 403, unavailable: 503 } as const;

/** Nothing of the request but its token: what else stood in the address is dropped. */
function pageUrl(request: Request, { publicUrl }: PageOptions): string {
  return `${publicUrl}${request.baseUrl}/page/${encodeURIComponent(String(request.params['token'] ?? ''))}`;
}

/** A browser says which page a form was sent from; another site's is none of ours (CSRF). */
function isOurs(request: Request, { publicUrl }: PageOptions): boolean {
  return request.get('origin') === new URL(publicUrl).origin;
}

const NONCE = /^[\w-]{16,86}$/;

/** What the form says: the key of a button, or what was typed. Null where it is none of our forms. */
function enteredIn(body: unknown): Entered | null {
  const field = (name: string): string => {
    const value = (body as Readonly<Record<string, unknown>> | undefined)?.[name];
    return typeof value === 'string' ? value : '';
  };
  const nonce = field('turn');
  if (!NONCE.test(nonce)) return null;
  const key = field('key');
  const typed = field('entry').replaceAll(/[\s-]/g, '');
  const digits = /^[\d*#]$/.test(key) ? key : /^\d{0,64}$/.test(typed) ? typed : NO_CODE;
  return { nonce, digits, remember: field('remember') !== '' };
}

/** Anything that is no code is told as one that is too short: it uses up no attempt. */
const NO_CODE = '1';
