import { createServer, type IncomingHttpHeaders } from 'node:http';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { afterEach, describe, expect, it } from 'vitest';
import { httpLine, type HttpLineOptions } from '../../src/telephone/http-line.ts';
import { listen } from './listen.ts';

const PUBLIC_URL = 'https://voice.example.com/dialproof';
const TOKEN = 'an-auth-token';

interface Seen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly parameters: Record<string, string>;
}

type Answer = { status?: number; type?: string; body?: string; location?: string } | 'reset' | 'silence' | 'half';

const closers: (() => unknown)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A server on loopback that keeps what it sees; its answers come in turn, the last again and again. */
async function serverThat(...answers: readonly Answer[]) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({
        path: request.url ?? '',
        headers: request.headers,
        parameters: Object.fromEntries(new URLSearchParams(body)),
      });
      const answer = answers[Math.min(seen.length, answers.length) - 1] ?? {};
      if (answer === 'reset') request.socket.destroy();
      else if (answer === 'half') response.writeHead(200, { 'content-type': 'text/xml' }).write('<Resp');
      else if (answer !== 'silence') {
        const { status = 200, type = 'text/xml', body = '<Response/>', location } = answer;
        response.writeHead(status, { 'content-type': type, ...(location && { location }) }).end(body);
      }
    });
  });
  return { seen, url: `http://127.0.0.1:${await listen(server, closers)}` };
}

function lineTo(server: string, rest: Partial<HttpLineOptions> = {}) {
  let tokens = 0;
  return httpLine({
    server,
    publicUrl: PUBLIC_URL,
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: TOKEN,
    callSid: `CA${'1'.repeat(32)}`,
    from: '+12025550123',
    to: '+12025550100',
    newToken: () => `token-${(tokens += 1)}`,
    ...rest,
  });
}

const signed = ({ path, headers, parameters }: Seen): boolean =>
  webhooks.validateRequest(TOKEN, String(headers['x-twilio-signature']), PUBLIC_URL + path, parameters);

describe('a line to a running server', () => {
  it("posts Twilio's parameters of an incoming call to the server's own address", async () => {
    const server = await serverThat({});
    await lineTo(server.url).request({ url: `${PUBLIC_URL}/voice/main` });
    expect(server.seen[0]?.path).toBe('/voice/main');
    expect(server.seen[0]?.parameters).toEqual({
      CallSid: `CA${'1'.repeat(32)}`,
      AccountSid: `AC${'0'.repeat(32)}`,
      From: '+12025550123',
      To: '+12025550100',
      Caller: '+12025550123',
      Called: '+12025550100',
      CallStatus: 'ringing',
      Direction: 'inbound',
      ApiVersion: '2010-04-01',
    });
  });

  it.each([
    ['a start', `${PUBLIC_URL}/voice/main`],
    [
      'a query, letter by letter as it stands',
      `${PUBLIC_URL}/voice/main?AccountNumber=1001&name=O%27Hara+%C3%A9&b=&a=1`,
    ],
    ['an opaque action', `${PUBLIC_URL}/voice/turn/abc?n=Zm9v_-`],
  ])('signs the exact URL under PUBLIC_URL: %s', async (_what, url) => {
    const server = await serverThat({});
    const line = lineTo(server.url);
    await line.request({ url });
    await line.request({ url, digits: '12*#', finishedOnKey: false });
    expect(server.seen.map(signed)).toEqual([true, true]);
    expect(PUBLIC_URL + String(server.seen[0]?.path)).toBe(url);
  });

  it('brings keys, the finish key, words, and how a dial or a queue went', async () => {
    const server = await serverThat({});
    const line = lineTo(server.url);
    const url = `${PUBLIC_URL}/turn`;
    await line.request({ url, digits: '1001', finishedOnKey: true });
    await line.request({ url, digits: '123456', finishedOnKey: false });
    await line.request({ url, words: 'one two' });
    await line.request({ url, dialled: 'no-answer' });
    await line.request({ url, queued: 'bridged' });
    await line.request({ url });
    const names = [
      'CallStatus',
      'Digits',
      'FinishedOnKey',
      'DialCallStatus',
      'QueueResult',
      'SpeechResult',
      'Confidence',
    ];
    expect(server.seen.map(({ parameters }) => names.map((name) => parameters[name]))).toEqual([
      ['ringing', '1001', '#', undefined, undefined, undefined, undefined],
      ['in-progress', '123456', '', undefined, undefined, undefined, undefined],
      ['in-progress', undefined, undefined, undefined, undefined, 'one two', '0.9'],
      ['in-progress', undefined, undefined, 'no-answer', undefined, undefined, undefined],
      ['in-progress', undefined, undefined, undefined, 'bridged', undefined, undefined],
      ['in-progress', undefined, undefined, undefined, undefined, undefined, undefined],
    ]);
  });

  it('reads the reply as verbs', async () => {
    const server = await serverThat({ type: 'text/xml; charset=utf-8', body: '<Response><Hangup/></Response>' });
    expect(await lineTo(server.url).request({ url: `${PUBLIC_URL}/turn` })).toEqual([{ verb: 'hangup' }]);
  });

  it.each([
    'https://other.example.com/ivr',
    'https://voice.example.com/other',
    'https://voice.example.com/dialproof2/turn',
    'https://voice.example.com.evil.example/dialproof/turn',
  ])('asks nobody for a URL that is not under PUBLIC_URL: %s', async (url) => {
    const server = await serverThat({});
    expect(await lineTo(server.url).request({ url })).toBeNull();
    expect(server.seen).toEqual([]);
  });

  it('reports the hang-up to the status callback, signed', async () => {
    const server = await serverThat({ status: 204, type: 'text/plain', body: '' });
    await lineTo(server.url, { publicUrl: `${PUBLIC_URL}/` }).hangUp();
    expect(server.seen[0]).toMatchObject({ path: '/voice/status', parameters: { CallStatus: 'completed' } });
    expect(server.seen.map(signed)).toEqual([true]);
  });

  it('reports the hang-up of an interrupted call too', async () => {
    const server = await serverThat({ status: 204 });
    const line = lineTo(server.url, { signal: AbortSignal.abort() });
    await expect(line.request({ url: `${PUBLIC_URL}/turn` })).rejects.toThrow('aborted');
    await line.hangUp();
    expect(server.seen.map(({ path }) => path)).toEqual(['/voice/status']);
  });
});

describe('repeats', () => {
  it('every request has an idempotency token of its own', async () => {
    const server = await serverThat({});
    const line = lineTo(server.url);
    await line.request({ url: `${PUBLIC_URL}/a` });
    await line.request({ url: `${PUBLIC_URL}/a` });
    expect(server.seen.map(({ headers }) => headers['i-twilio-idempotency-token'])).toEqual(['token-1', 'token-2']);
  });

  it('a connection that breaks is retried once, under the same token', async () => {
    const server = await serverThat('reset', {});
    await lineTo(server.url).request({ url: `${PUBLIC_URL}/a` });
    expect(server.seen.map(({ headers }) => headers['i-twilio-idempotency-token'])).toEqual(['token-1', 'token-1']);
  });

  it('and only once', async () => {
    const server = await serverThat('reset');
    await expect(lineTo(server.url).request({ url: `${PUBLIC_URL}/a` })).rejects.toMatchObject({
      code: 'server-unreachable',
    });
    expect(server.seen.length).toBe(2);
  });
});

describe('a server that does not answer as it must', () => {
  it.each<[string, Answer, string, string]>([
    [
      'refuses the signature',
      { status: 403 },
      'answered 403. It did not accept the signature.',
      `signed for ${PUBLIC_URL}`,
    ],
    ['does not know the route', { status: 404 }, 'answered 404.', 'another program'],
    ['fails', { status: 500 }, 'answered 500.', "server's log"],
    ['redirects', { status: 307, location: 'http://127.0.0.1:1/' }, 'answered 307.', 'may not redirect'],
    ['stops in the middle of its reply', 'half', 'No reply came', "server's log"],
    ['is silent', 'silence', 'No reply came', "server's log"],
  ])('%s', async (_what, answer, message, fix) => {
    const server = await serverThat(answer);
    const failure = lineTo(server.url, { deadlineMs: 200 }).request({ url: `${PUBLIC_URL}/voice/main` });
    await expect(failure).rejects.toMatchObject({
      code: 'server-unreachable',
      message: expect.stringContaining(message),
      fix: expect.stringContaining(fix),
    });
  });

  it('nobody listens there', async () => {
    await expect(lineTo('http://127.0.0.1:1').request({ url: `${PUBLIC_URL}/voice/main` })).rejects.toMatchObject({
      code: 'server-unreachable',
      message: expect.stringContaining('Nothing answers at http://127.0.0.1:1'),
      fix: expect.stringContaining('npm start'),
    });
  });

  it.each<[string, Answer, string]>([
    ['answers in HTML', { type: 'text/html', body: '<Response/>' }, 'The server answered with "text/html".'],
    ['answers what is no TwiML', { body: '<ok/>' }, "The reply's root is <ok>, not <Response>."],
  ])('%s', async (_what, answer, message) => {
    const server = await serverThat(answer);
    const failure = lineTo(server.url).request({ url: `${PUBLIC_URL}/voice/main` });
    await expect(failure).rejects.toMatchObject({ code: 'twiml-invalid', message });
  });

  it('no error tells the token or what was typed', async () => {
    const server = await serverThat({ status: 403 });
    const failure = lineTo(server.url).request({ url: `${PUBLIC_URL}/turn?n=nonce`, digits: '123456' });
    const told = await failure.then(String, (error: unknown) => JSON.stringify([error, String(error)]));
    expect(told).toContain('403');
    expect(told).not.toMatch(/an-auth-token|123456|nonce/);
  });
});
