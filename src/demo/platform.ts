import express, { Router, type Request, type Response } from 'express';

/** The demo company's web application, whose users sign in: what it knows of the node that decides. */
export interface PlatformOptions {
  /** Where the node answers, on this machine. */
  readonly nodeUrl: string;
  /** What it sends as `Authorization: Bearer`. */
  readonly key: string;
  /** Where the browser comes back to, under the public address. */
  readonly returnUrl: string;
  /** Head and foot of its pages. */
  readonly page: (title: string, main: string) => string;
}

/**
 * `GET /demo/sign-in`: a form that asks for a user, and believes any password. What follows is what every platform does:
 * it asks the node, goes where it is told, and redeems the ticket that the browser brings back.
 */
export function platformRoutes(options: PlatformOptions): Router {
  const routes = Router();
  routes.get('/sign-in', (_request, response) => void response.type('html').send(options.page('Sign in', FORM)));
  routes.post('/sign-in', express.urlencoded({ extended: false, limit: '16kb' }), async (request, response) => {
    const { user = '', browser = '' } = request.body as { readonly user?: string; readonly browser?: string };
    const answer = await ask(request, options, {
      userLogonReferenceAuthenticate: user,
      browser: browser === '' ? JSON.stringify({ userAgent: request.get('user-agent') ?? '' }) : browser,
      returnUrl: options.returnUrl,
    });
    passCookies(answer, response);
    const xml = await answer.text();
    const redirect = valueIn(xml, 'redirect');
    if (valueIn(xml, 'errorNumber') === '0') return void response.type('html').send(signedIn(user, options));
    if (redirect !== null) return response.redirect(303, redirect);
    response.status(502).type('html').send(options.page('Sign in', '<p>The sign-in could not be checked.</p>'));
  });
  routes.get('/signed-in', async (request, response) => {
    const answer = await ask(
      request,
      { ...options, nodeUrl: `${options.nodeUrl}/redeem` },
      {
        ticket: String(request.query['ticket'] ?? ''),
      },
    );
    const xml = await answer.text();
    const user = valueIn(xml, 'errorNumber') === '0' ? valueIn(xml, 'user') : null;
    if (user === null) return response.redirect(303, '/demo/sign-in');
    response.type('html').send(signedIn(user, options));
  });
  return routes;
}

/** The browser's cookies go along, so that a device it remembers needs no detour. */
function ask(
  request: Request,
  { nodeUrl, key }: Pick<PlatformOptions, 'nodeUrl' | 'key'>,
  parameters: Readonly<Record<string, string>>,
): Promise<globalThis.Response> {
  return fetch(nodeUrl, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, cookie: request.get('cookie') ?? '' },
    body: new URLSearchParams(parameters),
  });
}

function passCookies(answer: globalThis.Response, response: Response): void {
  for (const cookie of answer.headers.getSetCookie()) response.append('Set-Cookie', cookie);
}

/** The text of an element of the node's answer, which has no others of its name and no markup inside. */
function valueIn(xml: string, name: string): string | null {
  const [, written] = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml) ?? [];
  return written?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') ?? null;
}

function signedIn(user: string, { page }: PlatformOptions): string {
  return page(
    'Signed in',
    `<p>You are signed in as <strong>${escaped(user)}</strong>.</p><p><a href="/demo/sign-in">Sign in again</a></p>`,
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

const FORM = `<form method="post" action="/demo/sign-in">
<label for="user">Account</label>
<input id="user" name="user" required autocomplete="username" value="1001">
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" value="any">
<button>Sign in</button>
</form>
<p class="quiet">Any password will do here. The code that you are asked for comes to the <a href="/demo">inbox</a>.</p>`;
