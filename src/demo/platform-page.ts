import { PAGE_STYLE } from './page-style.ts';
import { escaped, sourceOf } from './page-source.ts';

/** Content-Security-Policy of the platform's pages: their own style and form, nothing else. */
export const PLATFORM_POLICY = [
  "default-src 'none'",
  `style-src ${sourceOf(PAGE_STYLE)}`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The form that asks who signs in. */
export function signInPage(problem = ''): string {
  const told = problem === '' ? '' : `<p role="alert">${escaped(problem)}</p>`;
  return page(
    'Sign in',
    `${told}<form method="post" action="/demo/sign-in" class="fields">
<p><label for="user">Account</label><input id="user" name="user" required autocomplete="username" value="1001"></p>
<p><label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" value="any"></p>
<p><button>Sign in</button></p>
</form>
<p class="quiet">Any password will do. The code that you are asked for comes to the <a href="/demo">inbox</a>: open it in another tab.</p>`,
  );
}

export function signedInPage(user: string): string {
  return page(
    'Signed in',
    `<p>You are signed in as <strong>${escaped(user)}</strong>.</p>
<p><a href="/demo/sign-in">Sign in again</a>: a device that you asked to be remembered needs no code.</p>`,
  );
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Dialproof demo company</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<header><h1>${title}</h1><p class="lead">The web application of the demo company.</p></header>
<main><section aria-label="${title}">
${content}
</section></main>
</body>
</html>
`;
}
