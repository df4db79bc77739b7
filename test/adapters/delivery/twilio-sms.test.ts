import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createTwilioSms, type TwilioSmsSettings } from '../../../src/adapters/delivery/twilio-sms.ts';
import type { Delivered, Message } from '../../../src/core/contracts/delivery.ts';
import { DialproofError } from '../../../src/core/errors.ts';
import { dripping, listenHttp, listenTcp } from '../loopback.ts';

const ACCOUNT = `AC${'0'.repeat(32)}`;
const message: Message = {
  to: '+12025550123',
  from: '+12025550100',
  text: 'Your code is 493817.',
  report: 'dGhlIHJlcG9ydCB0b2tlbg',
};

const CREATED = { sid: `SM${'1'.repeat(32)}`, status: 'queued', to: message.to, body: message.text };
const INVALID_TO = { code: 21211, message: `Invalid 'To' Phone Number: ${message.to}`, status: 400 };

function settingsAt(url: string, timeout = 2_000): TwilioSmsSettings {
  return {
    api: { url, accountSid: ACCOUNT, authToken: 'a:token', timeout },
    numbers: { countries: ['US'], own: ['+12025550100'] },
    reportUrl: (report) => `https://calls.example.com/delivery/sms/${report}`,
  };
}

interface Heard {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly form: Readonly<Record<string, string>>;
}

/** Twilio's REST interface as this test wants it to answer. */
async function startTwilio(
  status = 201,
  body: string | object = CREATED,
  headers: Record<string, string> = {},
): Promise<{ readonly port: number; readonly heard: readonly Heard[] }> {
  const heard: Heard[] = [];
  const port = await listenHttp(async (request, response) => {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    heard.push({ method: request.method, url: request.url, headers: request.headers, form });
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  return { port, heard };
}

const deliver = (port: number, sent: Partial<Message> = {}, timeout?: number): Promise<Delivered> =>
  createTwilioSms(settingsAt(`http://127.0.0.1:${port}`, timeout)).deliver({ ...message, ...sent });

describe('requests to Twilio', () => {
  it('G9: the message as a form, signed in by account and token, with the address of its own delivery report', async () => {
    const { port, heard } = await startTwilio();
    expect(await deliver(port, { to: '1 (202) 555-0123', text: 'é & = {{to}}' })).toEqual({ outcome: 'sent' });
    expect(heard).toMatchObject([
      {
        method: 'POST',
        url: `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`,
        headers: {
          authorization: `Basic ${Buffer.from(`${ACCOUNT}:a:token`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        form: {
          To: '+12025550123',
          From: '+12025550100',
          Body: 'é & = {{to}}',
          StatusCallback: 'https://calls.example.com/delivery/sms/dGhlIHJlcG9ydCB0b2tlbg',
        },
      },
    ]);
  });

  it('a base with a path keeps it', async () => {
    const { port, heard } = await startTwilio();
    await createTwilioSms(settingsAt(`http://127.0.0.1:${port}/twilio/`)).deliver(message);
    expect(heard.map(({ url }) => url)).toEqual([`/twilio/2010-04-01/Accounts/${ACCOUNT}/Messages.json`]);
  });

  it.each(['ftp://api.example', 'https://ann:secret@api.example/', 'api'])(
    'TWILIO_API_URL %s is refused at the start',
    (url) => {
      const create = (): unknown => createTwilioSms(settingsAt(url));
      expect(create).toThrow(DialproofError);
      expect(create).toThrow(
        expect.objectContaining({ code: 'settings-invalid', message: expect.stringContaining('TWILIO_API_URL') }),
      );
      expect(create).not.toThrow('secret');
    },
  );
});

describe('outcomes', () => {
  it.each<[status: number, body: string | object, outcome: Delivered]>([
    [201, CREATED, { outcome: 'sent' }],
    [200, CREATED, { outcome: 'sent' }],
    [200, '<html>Welcome', { outcome: 'error', accepted: true, reason: 'HTTP 200 without a sid' }],
    [201, { sid: 7 }, { outcome: 'error', accepted: true, reason: 'HTTP 201 without a sid' }],
    [204, '', { outcome: 'error', accepted: true, reason: 'HTTP 204 without a sid' }],
    [302, '', { outcome: 'error', accepted: true, reason: 'HTTP 302' }],
    [400, INVALID_TO, { outcome: 'rejected', accepted: true, reason: 'HTTP 400, Twilio error 21211' }],
    [401, { code: '20003' }, { outcome: 'rejected', accepted: true, reason: 'HTTP 401' }],
    [404, 'null', { outcome: 'rejected', accepted: true, reason: 'HTTP 404' }],
    [429, { code: 20429 }, { outcome: 'unreachable', accepted: true, reason: 'HTTP 429' }],
    [500, '', { outcome: 'unreachable', accepted: true, reason: 'HTTP 500' }],
    [503, CREATED, { outcome: 'unreachable', accepted: true, reason: 'HTTP 503' }],
  ])('HTTP %i with %j', async (status, body, outcome) => {
    const { port, heard } = await startTwilio(status, body, status === 302 ? { location: '/elsewhere' } : {});
    expect(await deliver(port)).toEqual(outcome);
    expect(heard).toHaveLength(1);
  });

  it('an answer that drips without end is cut off: whether a message was made is not known', async () => {
    const port = await listenTcp(dripping('HTTP/1.1 201 Created\r\n\r\n', ' '));
    const expected = { outcome: 'unreachable', accepted: true, reason: 'timeout' };
    expect(await deliver(port, {}, 150)).toEqual(expected);
  });

  it('an answer of over 64 kB is not read to its end', async () => {
    const { port } = await startTwilio(201, JSON.stringify({ ...CREATED, rest: 'x'.repeat(70_000) }));
    expect(await deliver(port)).toMatchObject({ outcome: 'unreachable', accepted: true });
  });

  it('L18: 160 characters are one message, and 161 are refused before anything is asked of Twilio', async () => {
    const { port, heard } = await startTwilio();
    expect(await deliver(port, { text: 'x'.repeat(160) })).toEqual({ outcome: 'sent' });
    const reason = 'the text takes 161 of 160 characters of an SMS';
    expect(await deliver(port, { text: 'x'.repeat(161) })).toEqual({ outcome: 'error', accepted: false, reason });
    expect(heard).toHaveLength(1);
  });
});
