import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createOutbound, type Exchange } from '../../../src/adapters/outbound/outbound.ts';
import { listenHttp } from '../loopback.ts';

it('a request that waited for a connection past its deadline is never sent', async () => {
  const heard: (string | undefined)[] = [];
  const requests = new EventEmitter().setMaxListeners(64);
  let isHeld = true;
  const port = await listenHttp((request, response) => {
    heard.push(request.url);
    if (isHeld) requests.once('released', () => response.end());
    else response.end();
  });
  const outbound = createOutbound(['127.0.0.1']);
  const get = (path: string, timeout: number): Promise<Exchange> =>
    outbound.exchange({
      method: 'GET',
      url: new URL(`http://127.0.0.1:${port}${path}`),
      headers: {},
      body: null,
      timeout,
    });

  const first = Array.from({ length: 64 }, () => get('/first', 10_000));
  expect(await get('/late', 100)).toMatchObject({ connected: false, status: null, failure: 'timeout' });
  isHeld = false;
  requests.emit('released');
  expect(new Set((await Promise.all(first)).map(({ status }) => status))).toEqual(new Set([200]));
  await get('/next', 2_000);
  expect(heard).toEqual([...first.map(() => '/first'), '/next']);
});

it('the same request is sent once, also where the connection breaks before the answer', async () => {
  let heard = 0;
  const port = await listenHttp((request) => {
    heard += 1;
    request.socket.destroy();
  });
  const url = new URL(`http://127.0.0.1:${port}/`);
  const request = { method: 'GET', url, headers: {}, body: null, timeout: 1_000 } as const;
  expect(await createOutbound(['127.0.0.1']).exchange(request)).toMatchObject({
    connected: true,
    status: null,
    failure: 'UND_ERR_SOCKET',
  });
  expect(heard).toBe(1);
});

describe('a dependency that fails again and again', () => {
  const get = (port: number) => {
    const url = new URL(`http://127.0.0.1:${port}/`);
    return { method: 'GET', url, headers: {}, body: null, timeout: 2_000 } as const;
  };

  it.each<[how: string, answer: (response: ServerResponse) => void]>([
    ['answers 503', (response) => response.writeHead(503).end()],
    ['breaks off before its answer', (response) => void response.destroy()],
    [
      'breaks off in the middle of its answer',
      (response) => void response.writeHead(200, { 'content-length': 9 }).write('half', () => response.destroy()),
    ],
  ])('because it %s is left alone: the sixth request is not sent', async (_how, answer) => {
    let heard = 0;
    const port = await listenHttp((_request, response) => {
      heard += 1;
      answer(response);
    });
    const outbound = createOutbound(['127.0.0.1']);
    for (let n = 0; n < 5; n++) expect((await outbound.exchange(get(port))).connected).toBe(true);
    expect(await outbound.exchange(get(port))).toMatchObject({
      connected: false,
      status: null,
      failure: 'circuit open',
    });
    expect(heard).toBe(5);
    const other = await listenHttp((_request, response) => void response.end());
    expect((await outbound.exchange(get(other))).status).toBe(200);
  });

  // Many services answer 500 to an account or a number that they cannot handle: whoever knows one could keep all others out.
  it.each([400, 404, 429, 302, 500, 501])('but it may refuse what it likes: HTTP %i is an answer', async (status) => {
    const port = await listenHttp((_request, response) => void response.writeHead(status).end());
    const outbound = createOutbound(['127.0.0.1']);
    for (let n = 0; n < 7; n++) expect((await outbound.exchange(get(port))).status).toBe(status);
  });

  it('nor does a long answer open the circuit, or an address that we refuse', async () => {
    const port = await listenHttp((_request, response) => void response.end(Buffer.alloc(70_000)));
    const [listed, unlisted] = [createOutbound(['127.0.0.1']), createOutbound([])];
    for (let n = 0; n < 7; n++) {
      expect((await listed.exchange(get(port))).failure).toBe('answer over 65536 bytes');
      expect((await unlisted.exchange(get(port))).failure).toBe('the host is neither public nor on SERVICE_HOSTS');
    }
  });
});
