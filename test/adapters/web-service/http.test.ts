import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createWebService } from '../../../src/adapters/web-service/http.ts';
import type { ServiceAnswer, ServiceRequest } from '../../../src/core/contracts/web-service.ts';
import { closedPort, dripping, listenHttp, listenTcp, silent } from '../loopback.ts';

const GOOD = '<codeAuthentication><status>success</status></codeAuthentication>';

function call(port: number, request: Partial<ServiceRequest> = {}): Promise<ServiceAnswer> {
  const service = createWebService({ hosts: [`127.0.0.1:${port}`] });
  return service.call({
    url: `http://127.0.0.1:${port}/verify`,
    method: 'POST',
    parameters: {},
    timeout: 2_000,
    ...request,
  });
}

/** A service that answers with exactly these bytes. */
const answering = (bytes: string | Buffer): Promise<number> =>
  listenTcp((socket) => socket.once('data', () => socket.end(bytes)));
const http = (head: string, body = GOOD): string =>
  `HTTP/1.1 ${head}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe('calling web services', () => {
  it('posts the parameters as a form and reads the XML', async () => {
    const port = await listenHttp(async (request, response) => {
      const seen = [
        request.method,
        request.url,
        request.headers['content-type'],
        request.headers['accept-encoding'],
        await text(request),
      ];
      response.end(`<seen>${seen.join(' ').replaceAll('&', '&amp;')}</seen>`);
    });
    const parameters = { authCode_nbest1: '123456', Name: 'Ann & Böb=1' };
    expect(await call(port, { parameters })).toMatchObject({
      kind: 'answer',
      root: {
        text: 'POST /verify application/x-www-form-urlencoded identity authCode_nbest1=123456&Name=Ann+%26+B%C3%B6b%3D1',
      },
    });
  });

  it('adds the parameters to the query with GET', async () => {
    const port = await listenHttp(
      (request, response) =>
        void response.end(`<seen>${request.method} ${request.url?.replaceAll('&', '&amp;')}</seen>`),
    );
    const answer = await call(port, {
      method: 'GET',
      url: `http://127.0.0.1:${port}/find?key=1`,
      parameters: { Account: '10 01' },
    });
    expect(answer).toMatchObject({ root: { text: 'GET /find?key=1&Account=10+01' } });
  });

  it.each(['text/plain', 'text/html; charset=utf-16', 'application/json'])(
    'reads XML that is called %s',
    async (type) => {
      expect(await call(await answering(http(`200 OK\r\ncontent-type: ${type}`)))).toMatchObject({ kind: 'answer' });
    },
  );

  it.each([
    ['HTTP 500', http('500 Internal Server Error'), 'HTTP 500'],
    ['HTTP 404', http('404 Not Found'), 'HTTP 404'],
    ['an empty HTTP 204', 'HTTP/1.1 204 No Content\r\n\r\n', /^not well-formed XML/],
    ['a redirect without a target', http('302 Found'), 'HTTP 302'],
    [
      'gzip',
      Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n'), gzipSync(GOOD)]),
      'the answer is compressed',
    ],
    ['an answer shorter than it says', http('200 OK').slice(0, -5), 'UND_ERR_SOCKET'],
    [
      'a chunked answer that breaks off',
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n41\r\n${GOOD}\r\n`,
      'UND_ERR_SOCKET',
    ],
    ['an answer over 64 kB', http('200 OK', `<a>${'x'.repeat(70_000)}</a>`), 'answer over 65536 bytes'],
    ['headers without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`, 'UND_ERR_HEADERS_OVERFLOW'],
    ['no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', 'HTTPParserError'],
    ['a connection that closes', '', 'UND_ERR_SOCKET'],
    ['XML that breaks off', http('200 OK', GOOD.slice(0, -3)), /^not well-formed XML/],
  ])('D6: %s is a failure', async (_what, bytes, reason) => {
    expect(await call(await answering(bytes))).toEqual({ kind: 'failed', reason: expect.stringMatching(reason) });
  });

  it('does not follow a redirect', async () => {
    const seen: unknown[] = [];
    const port = await listenHttp((request, response) => {
      seen.push(request.url);
      response.writeHead(307, { location: '/elsewhere' }).end(GOOD);
    });
    expect(await call(port)).toEqual({ kind: 'failed', reason: 'HTTP 307' });
    expect(seen).toEqual(['/verify']);
  });

  it.each([
    ['never answers', silent],
    ['drips its headers', dripping('HTTP/1.1 200 OK\r\n', 'x: y\r\n')],
    ['drips its answer', dripping('HTTP/1.1 200 OK\r\n\r\n<a>', ' ')],
    ['drips interim answers', dripping('', 'HTTP/1.1 102 Processing\r\n\r\n')],
  ])('G61: a service that %s is over at the deadline', async (_what, behave) => {
    const port = await listenTcp(behave);
    const begun = performance.now();
    expect(await call(port, { timeout: 150 })).toEqual({ kind: 'failed', reason: 'timeout' });
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('G61: the deadline holds while the connection is still being made', async () => {
    const port = await listenTcp(silent);
    const answer = await call(port, { url: `https://127.0.0.1:${port}/`, timeout: 150 });
    expect(answer).toEqual({ kind: 'failed', reason: 'timeout', unsent: true });
  });

  it('says that nothing listens', async () => {
    expect(await call(await closedPort())).toEqual({ kind: 'failed', reason: 'ECONNREFUSED', unsent: true });
  });

  it.each(['ftp://127.0.0.1/', 'http://user:secret@127.0.0.1/', 'not an address', ''])(
    'does not call "%s"',
    async (url) => {
      expect(await call(1, { url })).toEqual({
        kind: 'failed',
        reason: 'the address is not http or https, or holds a user name',
      });
    },
  );

  it('answers 300 calls at a time', async () => {
    const port = await listenHttp(async (request, response) => void response.end(`<a>${await text(request)}</a>`));
    const service = createWebService({ hosts: ['127.0.0.1'] });
    const calls = Array.from({ length: 300 }, (_, n) =>
      service.call({ url: `http://127.0.0.1:${port}/`, method: 'POST', parameters: { n: String(n) }, timeout: 8_000 }),
    );
    const answers = await Promise.all(calls);
    expect(answers.map((answer) => (answer.kind === 'answer' ? answer.root.text : answer.reason))).toEqual(
      calls.map((_, n) => `n=${n}`),
    );
  });

  it('a service that hangs does not hold up another one', async () => {
    const [hanging, quick] = [
      await listenTcp(silent),
      await listenHttp((_request, response) => void response.end(GOOD)),
    ];
    const service = createWebService({ hosts: ['127.0.0.1'] });
    const to = (port: number, timeout: number) =>
      service.call({ url: `http://127.0.0.1:${port}/`, method: 'POST', parameters: {}, timeout });
    const stuck = Array.from({ length: 100 }, () => to(hanging, 400));
    expect(await to(quick, 300)).toMatchObject({ kind: 'answer' });
    expect(new Set((await Promise.all(stuck)).map((answer) => answer.kind))).toEqual(new Set(['failed']));
  });
});
