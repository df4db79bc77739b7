import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wav } from '../support/audio.ts';
import { World } from '../support/world.ts';

const HELLO = wav(800, 3);
const digest = createHash('sha256').update(HELLO).digest('hex').slice(0, 20);
const PATH = `/audio/${digest}/en-US/hello.wav`;

let world: World;
beforeAll(async () => {
  world = await World.open({
    files: {
      'callflows/line.yaml':
        'callflow: line\nstart: hello\nexits: { bye: { hang-up: true } }\nblocks:\n  hello: { say: hello, next: bye }\n',
      'prompts/en-US/line.yaml': 'locale: en-US\nprompts:\n  hello: { text: "Hello.", audio: hello.wav }\n',
      'prompts/en-US/audio/hello.wav': HELLO,
      'prompts/en-US/audio/unused.wav': wav(10),
      'secret.txt': 'secret',
    },
  });
});
afterAll(() => world.close());

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** The target goes out character by character; `fetch` would tidy it first. */
async function get(target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  const { hostname, port } = new URL(world.address.server);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path: target, headers, method }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    request.on('error', reject);
    request.end();
  });
}

describe('a recording', () => {
  it('is handed to whoever asks, without a signature, for ever under this address', async () => {
    const { status, headers, body } = await get(PATH);
    expect(status).toBe(200);
    expect(body.equals(HELLO)).toBe(true);
    expect(headers).toMatchObject({
      'content-type': 'audio/wav',
      'content-length': String(HELLO.length),
      'cache-control': 'public, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
      etag: `"${digest}"`,
    });
    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('asked for by HEAD: the same without its content', async () => {
    const { status, headers, body } = await get(PATH, { range: 'bytes=0-9' }, 'HEAD');
    expect({ status, length: headers['content-length'], body: body.length }).toEqual({
      status: 200,
      length: String(HELLO.length),
      body: 0,
    });
  });

  it.each(['*', `"${digest}"`, `W/"${digest}"`, `"other", "${digest}"`])(
    'that is known already (If-None-Match: %s) is not sent again',
    async (known) => {
      const { status, headers, body } = await get(PATH, { 'if-none-match': known });
      expect({ status, body: body.length }).toEqual({ status: 304, body: 0 });
      expect(headers['etag']).toBe(`"${digest}"`);
    },
  );

  it('of which another version is known is sent', async () => {
    expect((await get(PATH, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  const size = HELLO.length;
  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=44-', 44, size - 1],
    ['bytes=-10', size - 10, size - 1],
    [`bytes=10-${size + 100}`, 10, size - 1],
    ['bytes=0-9,10-19', 0, 19],
  ])('in part (%s)', async (range, start, end) => {
    const { status, headers, body } = await get(PATH, { range });
    expect({ status, range: headers['content-range'], length: headers['content-length'] }).toEqual({
      status: 206,
      range: `bytes ${start}-${end}/${size}`,
      length: String(end - start + 1),
    });
    expect(body.equals(HELLO.subarray(start, end + 1))).toBe(true);
  });

  it.each([
    ['in two parts', { range: 'bytes=0-9,100-109' }],
    ['in a unit that nobody knows', { range: 'samples=0-9' }],
    ['in a part that is none', { range: 'bytes=x' }],
    ['in a part, if it is still another one', { range: 'bytes=0-9', 'if-range': '"other"' }],
  ])('asked for %s comes as a whole', async (_what, headers) => {
    const { status, body } = await get(PATH, headers);
    expect({ status, length: body.length }).toEqual({ status: 200, length: size });
  });

  it('in part, if it is still the same', async () => {
    expect((await get(PATH, { range: 'bytes=0-9', 'if-range': `"${digest}"` })).status).toBe(206);
  });

  it('in a part beyond its end: 416, and its size', async () => {
    const { status, headers, body } = await get(PATH, { range: `bytes=${size}-` });
    expect({ status, range: headers['content-range'], body: body.length }).toEqual({
      status: 416,
      range: `bytes */${size}`,
      body: 0,
    });
  });

  it('a query changes nothing', async () => {
    expect((await get(`${PATH}?v=2`)).status).toBe(200);
  });
});

describe('nothing else is under /audio', () => {
  it.each([
    ['the folder', '/audio'],
    ['the folder, again', '/audio/'],
    ['the folder of a digest', `/audio/${digest}/en-US/`],
    [
      'a file that is there and that no prompt plays',
      `/audio/${createHash('sha256').update(wav(10)).digest('hex').slice(0, 20)}/en-US/unused.wav`,
    ],
    ['another digest', '/audio/00000000000000000000/en-US/hello.wav'],
    ['the digest cut short', `/audio/${digest.slice(0, 8)}/en-US/hello.wav`],
    ['another language', `/audio/${digest}/es-ES/hello.wav`],
    ['no digest', '/audio/en-US/hello.wav'],
    ['a name in capitals', `/audio/${digest}/en-US/HELLO.WAV`],
    ['a prefix in capitals', PATH.replace('/audio', '/AUDIO')],
    ['the prompt file beside it', `/audio/${digest}/en-US/../line.yaml`],
    ['a way up', `/audio/${digest}/en-US/../../../secret.txt`],
    ['a way up that is escaped', `/audio/${digest}/en-US/..%2f..%2f..%2fsecret.txt`],
    ['dots that are escaped', `/audio/${digest}/en-US/%2e%2e/%2e%2e/secret.txt`],
    ['a way up that is escaped twice', `/audio/${digest}/en-US/%252e%252e%252fsecret.txt`],
    ['a way up with backslashes', `/audio/${digest}/en-US/..\\..\\secret.txt`],
    ['a way up and back again', `/audio/x/../${digest}/en-US/hello.wav`],
    ['a doubled slash', `//audio/${digest}/en-US/hello.wav`],
    ['a doubled slash inside', `/audio//${digest}/en-US/hello.wav`],
    ['a slash at its end', `${PATH}/`],
    ['a null byte', `${PATH}%00`],
    ['a null byte and another ending', `/audio/${digest}/en-US/hello.wav%00.txt`],
    ['a name that is escaped', `/audio/${digest}/en-US/%68ello.wav`],
    ['bytes that are no UTF-8', `/audio/${digest}/en-US/%ff.wav`],
    ['an escape cut short', `/audio/${digest}/en-US/%`],
    ['an absolute path', '/audio//etc/passwd'],
    ['what every object has', '/audio/__proto__/constructor/toString'],
    ['a semicolon parameter', `${PATH};a=b`],
    ['a very long name', `/audio/${digest}/en-US/${'a'.repeat(8000)}.wav`],
  ])('%s: 404', async (_what, target) => {
    const { status, headers, body } = await get(target);
    expect({ status, body: body.toString() }).toEqual({ status: 404, body: 'There is nothing here.\n' });
    expect(headers['cache-control']).toBeUndefined();
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s: 404', async (method) => {
    expect((await get(PATH, {}, method)).status).toBe(404);
  });
});
