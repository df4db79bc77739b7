import { hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { jwtDecrypt, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { tokenInAddress } from '../../../src/adapters/handover/token-in-address.ts';
import type { HandOver } from '../../../src/core/call/way.ts';

const NOW = Date.UTC(2026, 0, 5, 9);
const FROM = { call: 'CA1', path: 'success', verified: true, now: NOW };
const key = (purpose: string, secret = 'token'): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', `dialproof handover ${purpose}`, 32));

async function query(changes: Partial<HandOver> = {}): Promise<URLSearchParams> {
  const over = { url: 'https://other.example.com/', studio: false, sealed: false, variables: {}, ...changes };
  return new URL(await tokenInAddress('token').address(over, FROM)).searchParams;
}

describe('the address of another application', () => {
  it.each([
    ['https://a.example', 'https://a.example/?path='],
    ['https://a.example/ivr', 'https://a.example/ivr?path='],
    ['https://a.example/ivr?', 'https://a.example/ivr?path='],
    ['https://a.example/ivr?x=%20+%C3%A9&y', 'https://a.example/ivr?x=%20+%C3%A9&y&path='],
    ['https://a.example/?path=mine&p%61th=too&x=1&verified=yes&token=old', 'https://a.example/?x=1&path='],
  ])('%s: its own query stays as it is written, but for our names', async (url, begins) => {
    const over = { url, studio: false, sealed: false, variables: {} };
    expect(await tokenInAddress('token').address(over, FROM)).toSatisfy((made: string) =>
      made.startsWith(`${begins}success&verified=true&token=`),
    );
  });

  it('keeps its fragment, where platforms are told how to connect', async () => {
    const over = { url: 'https://a.example/#rc=2', studio: true, sealed: false, variables: {} };
    expect(await tokenInAddress('token').address(over, FROM)).toMatch(/\?FlowEvent=return&path=success&.*#rc=2$/);
  });
});

describe('the token', () => {
  const at = { currentDate: new Date(NOW) };

  it.each([true, false])('brings any value of a variable over, sealed: %s', async (sealed) => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
        const variables = { Segment: Buffer.from(value).toString() };
        const token = (await query({ sealed, variables })).get('token') ?? '';
        const read = sealed ? jwtDecrypt(token, key('A256GCM'), at) : jwtVerify(token, key('HS256'), at);
        expect((await read).payload).toMatchObject({ sub: 'CA1', path: 'success', verified: true, variables });
      }),
      { numRuns: 50 },
    );
  });

  it.each([true, false])('is over after five minutes, sealed: %s', async (sealed) => {
    const token = (await query({ sealed })).get('token') ?? '';
    const late = { currentDate: new Date(NOW + 300_000) };
    const read = sealed ? jwtDecrypt(token, key('A256GCM'), late) : jwtVerify(token, key('HS256'), late);
    await expect(read).rejects.toThrow('"exp" claim timestamp check failed');
  });

  it.each(['HS256', 'A256GCM'])('of another auth token is refused, %s', async (purpose) => {
    const token = (await query({ sealed: purpose === 'A256GCM' })).get('token') ?? '';
    const other = key(purpose, 'another token');
    const read = purpose === 'A256GCM' ? jwtDecrypt(token, other, at) : jwtVerify(token, other, at);
    await expect(read).rejects.toThrow(/verification failed|decryption operation failed/);
  });

  it('that is changed on the way is refused', async () => {
    const [head = '', , mac = ''] = ((await query({ variables: { A: '1' } })).get('token') ?? '').split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'CA1', verified: true })).toString('base64url');
    await expect(jwtVerify(`${head}.${claims}.${mac}`, key('HS256'), at)).rejects.toThrow('verification failed');
  });
});
