import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import { duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import express from 'express';
import { SaxesParser } from 'saxes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallSummary } from '../../src/core/contracts/store.ts';
import { DEMO_ACCOUNTS } from '../../src/demo/accounts.ts';
import type { PresentCode } from '../../src/demo/application.ts';
import { masked } from '../../src/core/verification/mask.ts';
import { Inbox } from '../../src/demo/inbox.ts';
import { demoRoutes } from '../../src/demo/routes.ts';
import { localOnly } from '../../src/server/local-only.ts';

const COMMAND = 'npx dialproof call main --keys "1001#,2,{code}"';
const HOW_TO_CALL = { publicUrl: 'http://localhost:3000', callflow: 'main', command: COMMAND };
const PATHS = [
  '/demo',
  '/demo/',
  '/DEMO',
  '/demo/api/inbox',
  '/demo/api/authenticator',
  '/demo/api/calls/CA1',
  '/demo/api/nothing',
];
const hash = (token: string) => `hash of ${token}`;

const CALL: CallSummary = {
  call: 'CA1',
  phase: 'ended',
  callflow: 'main',
  revision: 'r1',
  block: 'thank-you',
  exit: 'success',
  entries: 1,
  turns: 4,
  sends: 2,
  attempts: 1,
  grants: 1,
  startedAt: 1,
  lastSeenAt: 2,
  challenges: [
    { method: 'email', masked: 'a***@example.test', issuedAt: 1, attempts: 0, report: hash('mine-1') },
    { method: 'sms', masked: '+*********21', issuedAt: 2, attempts: 1, report: hash('mine-2') },
  ],
};

const challengeOf = (method: 'sms' | 'authenticator'): CallSummary['challenges'][number] => ({
  method,
  masked: '',
  issuedAt: 1,
  attempts: 0,
  report: hash(method),
});

const readCall = (call: string) =>
  call === 'broken' ? Promise.reject(new Error('store gone')) : Promise.resolve(call === 'CA1' ? CALL : null);
const failed: express.ErrorRequestHandler = (_error, _request, response, _next) => void response.status(503).end();
/** What stands inside each element of this name. */
const parts = (page: string, tag: string) =>
  [...page.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(([, inner]) => inner ?? '');

let server: Server;
let inbox: Inbox;
beforeEach(async () => {
  let now = 100;
  inbox = new Inbox({ now: () => now++ });
  const app = express()
    .use(
      demoRoutes({
        inbox,
        accounts: DEMO_ACCOUNTS,
        readCall,
        masked,
        reportHash: hash,
        howToCall: HOW_TO_CALL,
        localOnly,
      }),
    )
    .get('/elsewhere', (_request, response) => void response.send('not the demo'))
    .use(failed);
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
});

/** fetch may not set Host, so these requests go through node:http. */
async function get(path: string, headers: Record<string, string> = {}) {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const asked = request({
    port,
    host: '127.0.0.1',
    path,
    headers: { host: 'localhost:3000', ...headers },
    agent: false,
  }).end();
  const [answer] = await once(asked, 'response');
  const body = await text(answer);
  const status: number = answer.statusCode;
  const head: IncomingHttpHeaders = answer.headers;
  return { status, head, body, json: () => JSON.parse(body) };
}

describe('the demo answers this machine only', () => {
  it.each(['localhost', 'localhost:3000', 'LOCALHOST:3000', '127.0.0.1', '127.0.0.1:65535'])(
    'Host %s is answered',
    async (host) => {
      expect((await get('/demo', { host })).status).toBe(200);
    },
  );

  it.each([
    'demo.example.com',
    'localhost.example.com',
    'localhost:3000.example.com',
    'example.com:127.0.0.1',
    '127.0.0.2',
    '0.0.0.0:3000',
    '127.0.0.1.nip.io',
    '[::1]:3000',
    'user@localhost',
    '192.168.1.4:3000',
  ])('Host %s gets 404 on every path', async (host) => {
    for (const path of PATHS) expect((await get(path, { host })).status).toBe(404);
  });

  it.each([
    'Forwarded',
    'Via',
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'X-Forwarded-Anything',
    'X-Real-IP',
    'X-Original-Host',
    'X-Client-IP',
    'X-Cluster-Client-IP',
    'True-Client-IP',
    'CF-Connecting-IP',
    'CF-Ray',
    'CDN-Loop',
    'Ngrok-Auth-User-Email',
    'Ngrok-Skip-Browser-Warning',
    'X-Envoy-External-Address',
    'X-Amzn-Trace-Id',
    'X-Proxy-Host',
    'X-Ngrok-Session',
    'Client-IP',
    'X-Azure-ClientIP',
    'Fly-Client-IP',
    'Tailscale-User-Login',
    'X-Vercel-Forwarded-For',
  ])(
    'a request with the header %s came through a tunnel or proxy and gets 404, although Host says localhost',
    async (header) => {
      for (const path of PATHS) expect((await get(path, { [header]: '' })).status).toBe(404);
    },
  );

  it.each([
    ['127.0.0.1', 200],
    ['127.8.9.1', 200],
    ['::1', 200],
    ['::ffff:127.0.0.1', 200],
    ['192.0.2.7', 404],
    ['::ffff:192.0.2.7', 404],
    ['2001:db8::1', 404],
    ['127.0.0.1.192.0.2.7', 404],
    [undefined, 404],
  ])('a connection from %s gets %i', async (remoteAddress, status) => {
    const [near, far] = duplexPair();
    server.emit('connection', Object.assign(far, { remoteAddress }));
    near.write('GET /demo/api/inbox HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(await text(near)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('HTTP/1.0 is a proxy that names itself nowhere, and gets 404', async () => {
    const [near, far] = duplexPair();
    server.emit('connection', Object.assign(far, { remoteAddress: '127.0.0.1' }));
    near.write('GET /demo/api/inbox HTTP/1.0\r\nHost: localhost:3000\r\nConnection: close\r\n\r\n');
    expect(await text(near)).toMatch(/^HTTP\/1.1 404 /);
  });

  it('a refused request learns nothing but that there is nothing', async () => {
    const { body, head } = await get('/demo', { host: 'demo.example.com' });
    expect(body).toBe('{"error":"not-found"}');
    expect(head['content-security-policy']).toBeUndefined();
  });

  it('leaves every other route alone', async () => {
    expect((await get('/elsewhere', { host: 'demo.example.com', via: 'x' })).body).toBe('not the demo');
  });
});

describe('GET /demo', () => {
  it('is one document that loads nothing from elsewhere and may not be framed', async () => {
    const { body, head } = await get('/demo');
    expect(head['content-type']).toBe('text/html; charset=utf-8');
    expect(body).not.toMatch(/\b(?:src|srcset|action)=|@import|url\(|<(?:iframe|img|object|form)\b/);
    expect([...body.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).toEqual(['data:,']);
    expect(head['content-security-policy']).toContain("default-src 'none'");
    expect(head['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(head['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
    expect(head).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });

  it.each(['script', 'style'])('its policy allows exactly its own %s, by hash', async (tag) => {
    const { body, head } = await get('/demo');
    const hashes = parts(body, tag).map((inner) => `'sha256-${createHash('sha256').update(inner).digest('base64')}'`);
    expect(hashes).toHaveLength(1);
    expect(head['content-security-policy']).toContain(`${tag}-src ${hashes[0]};`);
    expect(body).not.toMatch(/ (?:style|on[a-z]+)="/);
  });

  it('says how to call: the command to copy, and the webhook of a telephone platform', async () => {
    const { body } = await get('/demo');
    expect(body).toContain(`<code id="command">${COMMAND}</code>`);
    expect(body).toContain('POST http://localhost:3000/voice/main');
  });

  it.each(DEMO_ACCOUNTS)(
    'shows account $account, what it shows and what to press',
    async ({ account, shows, keys }) => {
      const { body } = await get('/demo');
      expect(body).toContain(`<h3>${account}</h3>`);
      expect(body).toContain(shows);
      expect(body).toContain(keys);
    },
  );

  it('writes what it is given as text, never as markup', async () => {
    const howToCall = { publicUrl: 'http://a"<b>', callflow: '<i>&', command: '</code><script>' };
    const app = express().use(
      demoRoutes({
        inbox,
        accounts: [],
        readCall: () => Promise.resolve(null),
        masked,
        reportHash: hash,
        howToCall,
        localOnly,
      }),
    );
    server.removeAllListeners('request').on('request', app);
    const { body } = await get('/demo');
    expect(body).toContain('POST http://a"&lt;b>/voice/&lt;i>&amp;');
    expect(parts(body, 'script')).toHaveLength(1);
  });

  it('has every element closed', async () => {
    const { body } = await get('/demo');
    const markup = body
      .replace(/<(script|style)>[^]*?<\/\1>/g, '')
      .replace('<!doctype html>', '')
      .replace(/<(meta|link)([^>]*)>/g, '<$1$2/>');
    const faults: string[] = [];
    const parser = new SaxesParser();
    parser.on('error', (error) => faults.push(error.message));
    parser.write(markup).close();
    expect(faults).toEqual([]);
  });
});

describe('the authenticator of a demo customer', () => {
  const asking = {
    ...CALL,
    challenges: [{ ...challengeOf('sms'), report: hash('mine-1') }, challengeOf('authenticator')],
  };
  const over = { ...CALL, challenges: [challengeOf('authenticator'), challengeOf('sms')] };
  let present: PresentCode | null;
  beforeEach(() => {
    present = { code: '123456', from: 7 };
    const calls = new Map([
      ['asking', asking],
      ['over', over],
    ]);
    const routes = demoRoutes({
      inbox,
      accounts: DEMO_ACCOUNTS,
      readCall: (call) => Promise.resolve(calls.get(call) ?? null),
      masked,
      reportHash: hash,
      howToCall: HOW_TO_CALL,
      localOnly,
      application: { account: '1005', present: () => Promise.resolve(present) },
    });
    server.removeAllListeners('request').on('request', express().use(routes).use(failed));
  });

  it('shows its code on the page, for this machine only, and nothing once it is revoked', async () => {
    expect((await get('/demo')).body).toContain('<code id="application">');
    expect((await get('/demo/api/authenticator')).json()).toEqual({ account: '1005', code: '123456', from: 7 });
    expect((await get('/demo/api/authenticator', { host: 'demo.example.com' })).status).toBe(404);
    present = null;
    expect((await get('/demo/api/authenticator')).json()).toEqual({ error: 'not-enrolled' });
  });

  it('stands behind the messages of a call whose newest code is its own, and of no other', async () => {
    inbox.add({ method: 'sms', to: '+12025550121', text: '222222', report: 'mine-1' });
    const text = 'The authenticator of 1005 shows 123456.';
    expect((await get('/demo/api/calls/asking')).json().messages).toMatchObject([
      { method: 'sms', code: '222222' },
      { method: 'authenticator', to: '', text, code: '123456', at: 7 },
    ]);
    expect((await get('/demo/api/calls/over')).json().messages).toEqual([]);
    present = { code: null, from: 9 };
    expect((await get('/demo/api/calls/asking')).json().messages).toMatchObject([{}, { code: null, at: 9 }]);
    present = null;
    expect((await get('/demo/api/calls/asking')).json().messages).toHaveLength(1);
  });
});

describe('GET /demo/api/inbox', () => {
  it('lists the messages, newest first, without their report tokens', async () => {
    inbox.add({
      method: 'email',
      to: 'ana@example.test',
      subject: 'S',
      text: 'Your code is 111111.',
      report: 'token-a',
    });
    inbox.add({ method: 'sms', to: '+12025550121', text: 'Your code is 222222.', report: 'token-b' });
    const { json, body } = await get('/demo/api/inbox');
    expect(json()).toEqual({
      messages: [
        { id: '2', method: 'sms', to: '+12025550121', text: 'Your code is 222222.', code: '222222', at: 101 },
        {
          id: '1',
          method: 'email',
          to: 'ana@example.test',
          subject: 'S',
          text: 'Your code is 111111.',
          code: '111111',
          at: 100,
        },
      ],
    });
    expect(body).not.toContain('token');
  });
});

describe('GET /demo/api/calls/<CallSid>', () => {
  it("gives the call's counters and the messages of its own challenges, oldest first, destinations masked", async () => {
    inbox.add({
      method: 'email',
      to: 'ana@example.test',
      subject: 'S',
      text: 'Your code is 111111.',
      report: 'mine-1',
    });
    inbox.add({ method: 'sms', to: '+12025550121', text: 'Your code is 999999.', report: 'of another call' });
    inbox.add({ method: 'sms', to: '+12025550121', text: 'Your code is 222222.', report: 'mine-2' });
    const { json, head } = await get('/demo/api/calls/CA1');
    expect(json()).toEqual({
      call: 'CA1',
      phase: 'ended',
      callflow: 'main',
      block: 'thank-you',
      exit: 'success',
      entries: 1,
      turns: 4,
      sends: 2,
      attempts: 1,
      grants: 1,
      messages: [
        { method: 'email', to: 'a***@example.test', text: 'Your code is 111111.', code: '111111', at: 100 },
        { method: 'sms', to: '+*********21', text: 'Your code is 222222.', code: '222222', at: 102 },
      ],
    });
    expect(head['cache-control']).toBe('no-store');
  });

  it('sees a message that comes after the first look', async () => {
    expect((await get('/demo/api/calls/CA1')).json().messages).toEqual([]);
    inbox.add({ method: 'sms', to: '+12025550121', text: '222222', report: 'mine-2' });
    expect((await get('/demo/api/calls/CA1')).json().messages).toHaveLength(1);
  });

  it.each(['CA2', '__proto__', 'CA1%2F..', 'x'.repeat(4000)])('is 404 for a call nobody knows: %s', async (call) => {
    const { status, json } = await get(`/demo/api/calls/${call}`);
    expect(status).toBe(404);
    expect(json()).toEqual({ error: 'call-unknown' });
  });

  it('hands a failure of the store to the server', async () => {
    expect((await get('/demo/api/calls/broken')).status).toBe(503);
  });
});
