import express, { Router, type Request } from 'express';
import { PLATFORM_POLICY, signedInPage, signInPage } from './platform-page.ts';

/** The demo company's web application, whose users sign in: what it knows of the node that decides. */
export interface PlatformOptions {
  /** Where the node answers, on this machine. */
  readonly nodeUrl: string;
  /** What it sends as `Authorization: Bearer`. */
  readonly key: string;
  /** Where the browser comes back to, under the public address. */
  readonly returnUrl: string;
}

/**
 * `GET /demo/sign-in`: a form that asks for a user, and believes any password. What follows is what every platform does:
 * it asks the node, goes where it is told, and redeems the ticket that the browser brings back. A ticket counts in the
 * browser whose user asked, or anybody could sign others in as themselves, by a link with a ticket of their own.
 */
export function platformRoutes(options: PlatformOptions): Router {
  const routes = Router();
  routes.use(['/sign-in', '/signed-in'], (_request, response, next) => {
    response.set('Content-Security-Policy', PLATFORM_POLICY);
    next();
  });
  routes.get('/sign-in', (_request, response) => void response.type('html').send(signInPage()));
  routes.post('/sign-in', express.urlencoded({ extended: false, limit: '16kb' }), async (request, response) => {
    const { user = '' } = request.body as { readonly user?: string };
    const userAgent = request.get('user-agent') ?? '';
    // A platform with scripts has a fingerprint of more than this.
    const browser = { fingerprint: userAgent, userAgent, browser: 'Browser' };
    const answer = await ask(request, options, {
      userLogonReferenceAuthenticate: user,
      browser: JSON.stringify(browser),
      returnUrl: options.returnUrl,
    });
    response.cookie(SIGNING_IN, user, { httpOnly: true, sameSite: 'lax', path: '/demo' });
    for (const cookie of answer.cookies) response.append('Set-Cookie', cookie);
    if (answer.errorNumber === '0') return void response.type('html').send(signedInPage(user));
    if (answer.redirect !== null) return response.redirect(303, answer.redirect);
    response.type('html').send(signInPage('The sign-in could not be checked. Please try again.'));
  });
  routes.get('/signed-in', async (request, response) => {
    const { ticket } = request.query;
    const redeem = { ...options, nodeUrl: `${options.nodeUrl}/redeem` };
    const answer = await ask(request, redeem, { ticket: typeof ticket === 'string' ? ticket : '' });
    if (answer.errorNumber !== '0' || answer.user === null || !isSigningIn(request, answer.user))
      return response.redirect(303, '/demo/sign-in');
    response.clearCookie(SIGNING_IN, { path: '/demo' });
    response.type('html').send(signedInPage(answer.user));
  });
  return routes;
}

/** Who has given a password in this browser; a real platform has its session for that. */
const SIGNING_IN = 'demo-signing-in';

function isSigningIn(request: Request, user: string): boolean {
  return (request.get('cookie') ?? '').split('; ').includes(`${SIGNING_IN}=${encodeURIComponent(user)}`);
}

/** The browser's cookies go along, so that a device which is remembered needs no detour. */
async function ask(
  request: Request,
  { nodeUrl, key }: Pick<PlatformOptions, 'nodeUrl' | 'key'>,
  parameters: Readonly<Record<string, string>>,
) {
  const answer = await fetch(nodeUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, cookie: request.get('cookie') ?? '' },
    body: new URLSearchParams(parameters),
  });
  const xml = await answer.text();
  return {
    errorNumber: valueIn(xml, 'errorNumber'),
    redirect: valueIn(xml, 'redirect'),
    user: valueIn(xml, 'user'),
    cookies: answer.headers.getSetCookie(),
  };
}

/** The text of an element of the node's answer, which has no others of its name and no markup inside. */
function valueIn(xml: string, name: string): string | null {
  const [, written] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return written?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') ?? null;
}
