import { describe, expect, it } from 'vitest';
import { createVoiceCall } from '../../../src/adapters/delivery/voice-call.ts';
import type { Delivered } from '../../../src/core/contracts/delivery.ts';
import { DialproofError } from '../../../src/core/errors.ts';
import { httpStub } from '../../support/stub-server.ts';

const OWN = '+12025550100';
const TO = '+12025550123';
const REPORT = 'dGhlIHJlcG9ydCB0b2tlbg';

function delivery(url = 'http://127.0.0.1:9') {
  return createVoiceCall({
    api: { url, accountSid: 'AC1', authToken: 'a:token', timeout: 2_000 },
    numbers: { countries: ['US', 'ES'], own: [OWN] },
    callUrl: (token) => `https://calls.example.com/delivery/voice/${token}`,
  });
}

async function delivered(status: number, body: string): Promise<Delivered> {
  const twilio = await httpStub((response) => void response.writeHead(status).end(body));
  try {
    return await delivery(twilio.url).deliver({ to: TO, from: OWN, text: '', report: REPORT });
  } finally {
    await twilio.close();
  }
}

describe('a telephone call as a delivery', () => {
  it.each([
    [201, '{"sid":"CA1"}', { outcome: 'sent' }],
    [201, '{}', { outcome: 'error', accepted: true }],
    [400, '{"code":21215,"message":"+12025550123"}', { outcome: 'rejected', reason: 'HTTP 400, Twilio error 21215' }],
    [429, '', { outcome: 'unreachable', accepted: true }],
    [500, '', { outcome: 'unreachable', accepted: true }],
  ])('Twilio answers %i %s', async (status, body, outcome) => {
    expect(await delivered(status, body)).toMatchObject(outcome);
  });

  it('nobody is there: budgets are given back', async () => {
    const outcome = await delivery().deliver({ to: TO, from: OWN, text: '', report: REPORT });
    expect(outcome).toMatchObject({ outcome: 'unreachable', accepted: false });
  });

  it.each([OWN, '+19005550123', '+442079460123', `${TO}x12`, `sip:${TO}@example.test`, ''])(
    'never calls %j',
    async (to) => {
      expect(delivery().canonical(to)).toBeNull();
      expect(await delivery().deliver({ to, from: OWN, text: '', report: REPORT })).toMatchObject({
        outcome: 'error',
        accepted: false,
      });
    },
  );

  it('calls fixed lines', () => {
    expect(delivery().canonical('+34 912 345 678')).toBe('+34912345678');
  });

  it.each([
    TO,
    '12025550123',
    '2025550123',
    '0012025550123',
    '01112025550123',
    '+1 (202) 555-0123',
    `tel:${TO}`,
    'tel:5550123;phone-context=+1202',
    `sip:${TO}@gateway.example.test;transport=tls`,
    'sips:12025550123@x',
    'sip:2025550123:secret@x',
    'sip:%2B12025550123@x',
    `"Line 7" <sip:${TO}@203.0.113.7:5060>`,
    `${TO}@gateway.example.test`,
  ])('not the line that asks, named %j', (line) => {
    expect(delivery().canonical(TO, [line])).toBeNull();
  });

  it.each([
    '',
    'anonymous',
    'sip:ana@example.test',
    '+12025550124',
    '+266696687',
    '0123',
    'sip:%@x',
    'sip:ana@2025550123',
  ])('%j is another line, or none', (line) => {
    expect(delivery().canonical(TO, [line])).toBe(TO);
  });

  it('an address of the REST interface that is none stops the start', () => {
    expect(() => delivery('ftp://example.test')).toThrow(DialproofError);
  });
});
