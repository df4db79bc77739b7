/** What a service, or whoever sits between, may do to HTTP itself: only a whole answer of the request is an answer. */
import { afterEach, describe, expect, it } from 'vitest';
import { createWebService } from '../../../src/adapters/web-service/http.ts';
import { tcpStub, type StubServer } from '../../support/stub-server.ts';

const SUCCESS = '<codeAuthentication><status>success</status></codeAuthentication>';
const LENGTH = `content-length: ${SUCCESS.length}`;
const LINE = '\r\n';

const message = (head: readonly string[], body: string): string => [...head, '', body].join(LINE);
const ok = (...headers: readonly string[]): string => message(['HTTP/1.1 200 OK', ...headers], SUCCESS);

let stub: StubServer | undefined;
afterEach(async () => {
  await stub?.close();
  stub = undefined;
});

/** Asks a service that answers with these bytes; what it was sent comes along. */
async function asks(bytes: string, parameters: Readonly<Record<string, string>> = {}) {
  const sent: string[] = [];
  stub = await tcpStub((socket) => {
    socket.on('data', (chunk) => sent.push(chunk.toString('latin1')));
    socket.once('data', () => void socket.end(bytes, 'latin1'));
  });
  const service = createWebService({ hosts: [stub.host] });
  const answer = await service.call({ url: `${stub.url}verify`, method: 'POST', parameters, timeout: 2_000 });
  return { answer, sent: sent.join('') };
}

describe('an answer on the wire', () => {
  it.each([
    ['with its length', ok(LENGTH)],
    [
      'in one chunk',
      message(
        ['HTTP/1.1 200 OK', 'transfer-encoding: chunked'],
        `${SUCCESS.length.toString(16)}\r\n${SUCCESS}\r\n0\r\n\r\n`,
      ),
    ],
    ['that ends with the connection', ok()],
    ['after 103 Early Hints', `HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n${ok(LENGTH)}`],
  ])('%s is read', async (_what, bytes) => {
    expect((await asks(bytes)).answer).toMatchObject({ kind: 'answer', root: { children: [{ text: 'success' }] } });
  });

  it.each([
    [
      '101 Switching Protocols',
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n${ok(LENGTH)}`,
    ],
    ['two lengths', ok(LENGTH, `content-length: ${SUCCESS.length - 1}`)],
    ['a length and chunks', ok(LENGTH, 'transfer-encoding: chunked')],
    ['a length of its own kind', ok('content-length: +70')],
    [
      'chunks that are cut off',
      message(['HTTP/1.1 200 OK', 'transfer-encoding: chunked'], `${SUCCESS.length.toString(16)}\r\n${SUCCESS}\r\n`),
    ],
    ['a chunk of no size', message(['HTTP/1.1 200 OK', 'transfer-encoding: chunked'], `zz\r\n${SUCCESS}\r\n0\r\n\r\n`)],
    ['another transfer encoding', ok(LENGTH, 'transfer-encoding: gzip')],
    ['two content encodings', ok(LENGTH, 'content-encoding: identity', 'content-encoding: gzip')],
    [
      'a megabyte of headers',
      ok(LENGTH, ...Array.from({ length: 1_000 }, (_none, n) => `x-${n}: ${'y'.repeat(1_000)}`)),
    ],
    ['a folded header', ok('x: y', ' z', LENGTH)],
    ['no status', message(['HTTP/1.1', LENGTH], SUCCESS)],
    ['HTTP/0.9', SUCCESS],
    ['a redirect with a success in it', message(['HTTP/1.1 307 Temporary Redirect', 'location: /', LENGTH], SUCCESS)],
    ['204 with a body', message(['HTTP/1.1 204 No Content'], SUCCESS)],
    ['nothing but 103 Early Hints', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
  ])('%s has failed, and the reason holds nothing of it', async (_what, bytes) => {
    const { answer } = await asks(bytes);
    expect(answer.kind).toBe('failed');
    expect(JSON.stringify(answer)).not.toMatch(/success|yyy|127\.0\.0\.1/);
  });

  it('a second answer behind the first is nobody’s', async () => {
    const error = '<codeAuthentication><status>error</status></codeAuthentication>';
    const { answer } = await asks(
      `${message(['HTTP/1.1 200 OK', `content-length: ${error.length}`], error)}${ok(LENGTH)}`,
    );
    expect(answer).toMatchObject({ kind: 'answer', root: { children: [{ text: 'error' }] } });
  });
});

describe('a request on the wire', () => {
  it('holds what callers enter as values of one form, whatever is in it', async () => {
    const injected = 'x\r\nX-Verified: true\r\n\r\nPOST /other HTTP/1.1&authCode_nbest1=1\0;%0d%0a\ud800';
    const { sent } = await asks(ok(LENGTH), { AccountNumber: injected, authCode_nbest1: '000000' });
    const [head = '', body = ''] = sent.split('\r\n\r\n');
    expect(head.split(LINE)[0]).toBe('POST /verify HTTP/1.1');
    expect(head).not.toMatch(/X-Verified|other/i);
    expect([...new URLSearchParams(body).keys()]).toEqual(['AccountNumber', 'authCode_nbest1']);
    expect(body).not.toMatch(/[\r\n\0 ]/);
    expect(new URLSearchParams(body).get('AccountNumber')).toBe(injected.replace('\ud800', '\ufffd'));
  });
});
