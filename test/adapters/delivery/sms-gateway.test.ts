import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createSmsGateway, type SmsGatewaySettings } from '../../../src/adapters/delivery/sms-gateway.ts';
import { readXml } from '../../../src/adapters/web-service/xml-reader.ts';
import type { Delivered, Message } from '../../../src/core/contracts/delivery.ts';
import { DialproofError } from '../../../src/core/errors.ts';
import { dripping, listenHttp, listenTcp, silent } from '../loopback.ts';

const message: Message = {
  to: '+12025550123',
  from: '+12025550100',
  text: 'Your code is 493817.',
  report: 'dGhlIHJlcG9ydCB0b2tlbg',
};

const settings: SmsGatewaySettings = {
  method: 'POST',
  url: 'http://127.0.0.1:1/send',
  requestHeaders: '"Content-Type:application/json"',
  requestBody: '{"to":"{{to}}","from":"{{from}}","text":"{{text}}","report":"{{report}}"}',
  timeout: 2_000,
  plusSymbolBeforeRecipientNumber: true,
  hosts: ['127.0.0.1'],
  numbers: { countries: ['US'], own: ['+12025550100'] },
};

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** A gateway that notes every request and answers with this status. */
async function startGateway(
  status = 200,
  headers: Record<string, string> = {},
): Promise<{ readonly port: number; readonly heard: readonly Heard[] }> {
  const heard: Heard[] = [];
  const port = await listenHttp(async (request, response) => {
    heard.push({ method: request.method, url: request.url, headers: request.headers, body: await text(request) });
    response.writeHead(status, headers).end('{"id":"493817"}');
  });
  return { port, heard };
}

/** Sends one message through a gateway that notes it. */
async function hear(
  changes: Partial<SmsGatewaySettings> & { readonly path?: string },
  sent: Partial<Message> = {},
): Promise<Heard | undefined> {
  const { port, heard } = await startGateway();
  const url = `http://127.0.0.1:${port}${changes.path ?? '/send'}`;
  expect(await createSmsGateway({ ...settings, ...changes, url }).deliver({ ...message, ...sent })).toEqual({
    outcome: 'sent',
  });
  return heard[0];
}

const HOSTILE = `"'&<>=%+\\ {{to}} é€\r\n]]>`;

describe('requests to the gateway', () => {
  it('G16, G17, G18, G19: method, URL, headers and body are as set', async () => {
    expect(
      await hear({
        method: 'put',
        requestHeaders: '"Content-Type:application/json","X-Key:a,b:c"',
        path: '/v1/send?to={{to}}',
      }),
    ).toMatchObject({
      method: 'PUT',
      url: '/v1/send?to=%2B12025550123',
      headers: { 'content-type': 'application/json', 'x-key': 'a,b:c' },
      body: '{"to":"+12025550123","from":"+12025550100","text":"Your code is 493817.","report":"dGhlIHJlcG9ydCB0b2tlbg"}',
    });
  });

  it('G18, G19: headers and body may be blank', async () => {
    const heard = await hear({
      method: 'GET',
      requestHeaders: '',
      requestBody: ' ',
      path: '/send/{{to}}?text={{text}}',
    });
    expect(heard).toMatchObject({
      method: 'GET',
      url: '/send/%2B12025550123?text=Your%20code%20is%20493817.',
      body: '',
    });
    expect(heard?.headers).not.toHaveProperty('content-type');
  });

  it.each([
    [true, '+12025550123', '+12025550123'],
    [false, '+12025550123', '12025550123'],
    [true, '12025550123', '+12025550123'],
    [false, '12025550123', '12025550123'],
  ])('G21: plus symbol %s makes %s into %s', async (plusSymbolBeforeRecipientNumber, to, written) => {
    const heard = await hear({ plusSymbolBeforeRecipientNumber }, { to });
    expect(JSON.parse(heard?.body ?? '')).toMatchObject({ to: written, from: '+12025550100' });
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/Vnd.Gateway+JSON'])(
    'values cannot leave their string in %s',
    async (type) => {
      const heard = await hear({ requestHeaders: `"Content-Type:${type}"` }, { text: HOSTILE });
      expect(JSON.parse(heard?.body ?? '')).toEqual({
        to: message.to,
        from: message.from,
        text: HOSTILE,
        report: message.report,
      });
    },
  );

  it.each(['application/xml', 'text/xml; charset=utf-8', 'application/soap+xml'])(
    'values cannot leave their element in %s',
    async (type) => {
      const requestBody = '<sms to="{{to}}" note="{{text}}"><text>{{text}}</text></sms>';
      const heard = await hear({ requestHeaders: `"Content-Type:${type}"`, requestBody }, { text: `<x/>"'&\u{1}]]>` });
      expect(readXml(heard?.body ?? '')).toMatchObject({
        root: {
          attributes: { to: '+12025550123', note: `<x/>"'&]]>` },
          children: [{ name: 'text', text: `<x/>"'&]]>`, children: [] }],
        },
      });
    },
  );

  it('values cannot leave their field in a form', async () => {
    const requestBody = 'to={{to}}&text={{text}}&key=k';
    const heard = await hear(
      { requestHeaders: '"Content-Type:application/x-www-form-urlencoded"', requestBody },
      { text: HOSTILE },
    );
    expect(Object.fromEntries(new URLSearchParams(heard?.body))).toEqual({
      to: '+12025550123',
      text: HOSTILE,
      key: 'k',
    });
  });

  it('values cannot leave their place in the URL', async () => {
    const heard = await hear({ path: '/a/{{text}}/b?x={{text}}&y=1' }, { text: `/../?#&=${HOSTILE}` });
    const url = new URL(heard?.url ?? '', 'http://gateway.example');
    expect(url.pathname.split('/').length).toBe(4);
    expect([...url.searchParams]).toEqual([
      ['x', `/../?#&=${HOSTILE}`],
      ['y', '1'],
    ]);
  });

  it('values stay as they are in plain text', async () => {
    expect(await hear({ requestHeaders: '', requestBody: '{{to}} {{text}}' }, { text: 'a "b"' })).toMatchObject({
      body: '+12025550123 a "b"',
    });
  });
});

describe('settings that cannot be used', () => {
  it.each([
    ['SMS_METHOD', { method: 'SEND' }, 'GET, POST, PUT or PATCH'],
    ['SMS_URL', { url: '' }, 'https://gateway.example/send'],
    ['SMS_URL', { url: 'ftp://gateway.example' }, 'https://gateway.example/send'],
    ['SMS_URL', { url: 'https://ann:secret@gateway.example/' }, 'Authorization header'],
    ['SMS_URL', { url: 'https://{{to}}.gateway.example/' }, 'Write the host out'],
    ['SMS_URL', { url: 'https://gateway.example:{{to}}/' }, 'Write the host out'],
    ['SMS_URL', { url: 'https://gateway.example/{{number}}' }, '{{to}}, {{from}}, {{text}}, {{report}}'],
    ['SMS_REQUEST_BODY', { requestBody: '{"to":"{{ to }}"}' }, '{{to}}, {{from}}, {{text}}, {{report}}'],
    ['SMS_REQUEST_BODY', { requestBody: '{"text":{{text}}}' }, 'inside double quotes'],
    ['SMS_REQUEST_HEADERS', { requestHeaders: 'Content-Type: text/plain' }, '"Name:Value"'],
    ['list of allowed hosts', { hosts: ['https://gateway.example'] }, 'host:port'],
  ] satisfies [string, Partial<SmsGatewaySettings>, string][])(
    '%s %j is refused at the start, with what to write',
    (setting, changes, fix) => {
      const create = (): unknown => createSmsGateway({ ...settings, ...changes });
      expect(create).toThrow(DialproofError);
      expect(create).toThrow(
        expect.objectContaining({
          code: 'settings-invalid',
          message: expect.stringContaining(setting),
          fix: expect.stringContaining(fix),
        }),
      );
      expect(create).not.toThrow('secret');
    },
  );
});

const deliver = (
  port: number,
  changes: Partial<SmsGatewaySettings> = {},
  sent: Partial<Message> = {},
): Promise<Delivered> =>
  createSmsGateway({ ...settings, url: `http://127.0.0.1:${port}/send`, ...changes }).deliver({
    ...message,
    ...sent,
  });

describe('outcomes', () => {
  it.each([
    [200, { outcome: 'sent' }],
    [202, { outcome: 'sent' }],
    [302, { outcome: 'error', accepted: true, reason: 'HTTP 302' }],
    [401, { outcome: 'rejected', accepted: true, reason: 'HTTP 401' }],
    [404, { outcome: 'rejected', accepted: true, reason: 'HTTP 404' }],
    [500, { outcome: 'unreachable', accepted: true, reason: 'HTTP 500' }],
    [503, { outcome: 'unreachable', accepted: true, reason: 'HTTP 503' }],
  ])('HTTP %i', async (status, outcome) => {
    const { port, heard } = await startGateway(status, status === 302 ? { location: '/elsewhere' } : {});
    expect(await deliver(port)).toEqual(outcome);
    expect(heard.map(({ url }) => url)).toEqual(['/send']);
  });

  it('a gateway that has taken the message and then drips has taken it', async () => {
    const port = await listenTcp(dripping('HTTP/1.1 200 OK\r\n\r\n', '.'));
    expect(await deliver(port, { timeout: 150 })).toEqual({ outcome: 'sent' });
  });

  it('G20: no connection within the time means that none was accepted', async () => {
    const port = await listenTcp(silent);
    const expected = { outcome: 'unreachable', accepted: false, reason: 'timeout' };
    expect(await deliver(port, { url: `https://127.0.0.1:${port}/`, timeout: 150 })).toEqual(expected);
  });

  it('a gateway in our own network must be on the list', async () => {
    const { port, heard } = await startGateway();
    const expected = {
      outcome: 'unreachable',
      accepted: false,
      reason: 'the host is neither public nor on SERVICE_HOSTS',
    };
    expect(await deliver(port, { hosts: [] })).toEqual(expected);
    expect(heard).toEqual([]);
  });

  it.each([
    ['160 characters', 'x'.repeat(160)],
    ['80 characters of two septets', '€'.repeat(80)],
    ['70 characters beyond GSM-7', 'я'.repeat(70)],
  ])('L18: %s are one message', async (_what, long) => {
    const { port, heard } = await startGateway();
    expect(await deliver(port, {}, { text: long })).toEqual({ outcome: 'sent' });
    expect(heard.length).toBe(1);
  });

  it.each([
    ['161 characters', 'x'.repeat(161), '161 of 160'],
    ['160 characters with one of two septets', `${'x'.repeat(159)}€`, '161 of 160'],
    ['71 characters beyond GSM-7', 'я'.repeat(71), '71 of 70'],
    ['36 emoji', '🔑'.repeat(36), '72 of 70'],
  ])('L18: %s are refused before anything is asked of the gateway', async (_what, long, units) => {
    const { port, heard } = await startGateway();
    const reason = `the text takes ${units} characters of an SMS`;
    expect(await deliver(port, {}, { text: long })).toEqual({ outcome: 'error', accepted: false, reason });
    expect(heard).toEqual([]);
  });
});
