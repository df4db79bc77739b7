import { expect, it } from 'vitest';
import { createOutbound, type Exchange } from '../../../src/adapters/outbound/outbound.ts';
import { listenHttp } from '../loopback.ts';

it('a request that waited for a connection past its deadline is never sent', async () => {
  const heard: (string | undefined)[] = [];
  const port = await listenHttp((request) => void heard.push(request.url));
  const outbound = createOutbound(['127.0.0.1']);
  const get = (path: string, timeout: number): Promise<Exchange> =>
    outbound.exchange({
      method: 'GET',
      url: new URL(`http://127.0.0.1:${port}${path}`),
      headers: {},
      body: null,
      timeout,
    });

  const first = Array.from({ length: 64 }, () => get('/first', 2_000));
  expect(await get('/late', 100)).toMatchObject({ connected: false, status: null, failure: 'timeout' });
  expect(new Set((await Promise.all(first)).map(({ connected, failure }) => `${connected} ${failure}`))).toEqual(
    new Set(['true timeout']),
  );
  await get('/next', 500);
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
