import type { DemoAccount, DemoMethod } from './accounts.ts';
import type { DemoApplication } from './application.ts';
import { escaped, sourceOf } from './page-source.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PAGE_STYLE } from './page-style.ts';

/** How the demo company is called: the address and callflow of the voice webhook, and the command that calls for you. */
export interface HowToCall {
  readonly publicUrl: string;
  readonly callflow: string;
  readonly command: string;
}

/** Content-Security-Policy of the page: its own script and style, its own API, nothing else. */
export const DEMO_PAGE_POLICY = [
  "default-src 'none'",
  `script-src ${sourceOf(PAGE_SCRIPT)}`,
  `style-src ${sourceOf(PAGE_STYLE)}`,
  "connect-src 'self'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The whole page as one document. */
export function demoPage(options: {
  readonly accounts: readonly DemoAccount[];
  readonly howToCall: HowToCall;
  readonly application?: DemoApplication;
  /** Its web application, where there is one. */
  readonly platform?: object;
}): string {
  const { publicUrl, callflow, command } = options.howToCall;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Dialproof demo company</title>
<link rel="icon" href="data:,">
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>Dialproof demo company</h1>
<p class="lead">A made-up company that you can call from this machine. Its mail and text messages end in the inbox on this page.</p>
</header>
<main>
<section class="wide" aria-labelledby="call">
<h2 id="call">Make a call</h2>
<p>Run this in the checkout, while the server runs:</p>
<div class="command"><code id="command">${escaped(command)}</code><button type="button" id="copy">Copy</button></div>
<p>It types account 1001, asks for a text message, takes the code from the inbox and types that too.</p>
<p class="quiet">A telephone platform calls <code>POST ${escaped(`${publicUrl}/voice/${callflow}`)}</code>. Put an address that it can reach into <code>PUBLIC_URL</code>.</p>
</section>
${options.platform === undefined ? '' : WEB_SIGN_IN}<section aria-labelledby="accounts">
<h2 id="accounts">Accounts</h2>
<ul class="accounts">
${options.accounts.map((each) => accountItem(each, options.application)).join('\n')}
<li><h3>other</h3><p>Not found. It sounds the same as an account with no contact method.</p></li>
</ul>
</section>
<section aria-labelledby="messages">
<h2 id="messages">Inbox</h2>
<p id="inbox-state" role="status"></p>
<noscript><p>The inbox needs JavaScript. The same messages are at <code>/demo/api/inbox</code>.</p></noscript>
<ul id="inbox" aria-labelledby="messages"></ul>
</section>
</main>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;
}

function accountItem({ account, methods, keys, shows }: DemoAccount, application?: DemoApplication): string {
  const tags = methods.length > 0 ? methods.map(methodTag).join(' ') : '<span class="quiet">No contact method</span>';
  return `<li><h3>${escaped(account)}</h3><p class="tags">${tags}</p><p>${escaped(shows)}</p><p class="keys">Keys <code>${escaped(keys)}</code></p>${account === application?.account ? APPLICATION : ''}</li>`;
}

const APPLICATION =
  '<p>Its authenticator shows <code id="application">...</code></p><p class="quiet">Each code counts once. After a call it is the next one that counts, and after two calls within 30 seconds there is none for a moment; <code>{code}</code> waits for it.</p>';

const WEB_SIGN_IN = `<section class="wide" aria-labelledby="web">
<h2 id="web">Sign in on the web</h2>
<p><a href="/demo/sign-in">The company's web application</a> asks for a code in a browser that it does not know.</p>
</section>
`;

const METHOD_WORDS = { email: 'Email', SMS: 'Text message', authenticator: 'Authenticator' } as const;

function methodTag({ name }: DemoMethod): string {
  return `<span class="tag">${METHOD_WORDS[name]}</span>`;
}
