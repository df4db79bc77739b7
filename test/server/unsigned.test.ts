import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { Platform, type PlatformRequest } from '../support/platform.ts';
import { World } from '../support/world.ts';

let world: World;
let platform: Platform;
beforeAll(async () => {
  world = await World.open({ settings: { TWILIO_AUTH_TOKEN: 'new-token,old-token' } });
  platform = new Platform(world.address);
});
afterAll(async () => {
  await platform.close();
  await world.close();
});

const FORM = [
  ['CallSid', 'CA-unknown'],
  ['Digits', '1001'],
  ['CallStatus', 'completed'],
] as const;
const ROUTES = [
  '/voice/main',
  '/voice/turn/nonce',
  '/voice/turn/no-call',
  '/voice/status',
  '/voice/fallback',
  '/voice',
  '/voice/a/b',
  '/voice/%ff',
];

describe('a request that no token holder signed gets 403', () => {
  it.each(ROUTES)('%s, unsigned and tampered with', async (target) => {
    const bad: readonly Partial<PlatformRequest>[] = [
      { signed: null },
      { signed: { token: 'another' } },
      { signed: { target: '/voice/other' } },
      { signed: { target: `${target}?x=1` } },
      { signed: { form: [...FORM, ['x', '1']] } },
      { signed: { form: FORM.slice(1) } },
      { signed: { form: [...FORM.slice(1), ['CallSid', 'CA-other']] } },
      { signed: null, headers: { 'x-twilio-signature': 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' } },
      { signed: null, method: 'GET' },
      { signed: null, method: 'PUT' },
    ];
    const answers = await Promise.all(bad.map((changes) => platform.send({ target, form: FORM, ...changes })));
    expect(answers.map(({ status }) => status)).toEqual(bad.map(() => 403));
    for (const { body, headers } of answers) {
      expect(headers['content-type']).toContain('text/plain');
      expect(body).not.toContain('token');
    }
  });

  it('nothing of a live call changes: not its question, its counts, its code, nor that it lives', async () => {
    const caller = await callerWithCode();
    const before = await world.counts(caller);
    const changes = [
      { target: pathOf(caller.action), form: [['Digits', world.wrongCode]] },
      { target: pathOf(caller.action), form: [['Digits', world.code]] },
      { target: pathOf(caller.redirect), form: [] },
      { target: '/voice/status', form: [['CallStatus', 'completed']] },
      { target: '/voice/main', form: [['CallStatus', 'completed']] },
      { target: '/voice/two-factor', form: [] },
      { target: '/voice/fallback', form: [['ErrorCode', '12100']] },
    ] as const;
    for (const { target, form } of changes) {
      for (const signed of [null, { token: 'another' }, { form: [['CallSid', 'CA-other']] }] as const) {
        const answer = await platform.send({ target, form: [['CallSid', caller.call], ...form], signed });
        expect(answer.status).toBe(403);
      }
    }
    expect(await world.counts(caller)).toEqual(before);
    await caller.presses(world.code);
    expect((await world.counts(caller)).grants).toBe(1);
  });

  it('Host and X-Forwarded-* decide nothing: neither do they save a bad signature nor spoil a good one', async () => {
    const headers = {
      host: 'evil.example.com',
      'x-forwarded-host': 'evil.example.com',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      forwarded: 'host=evil.example.com;proto=https',
    };
    const target = '/voice/main';
    const form = [['CallSid', 'CA-host']] as const;
    const evil = new Platform({ ...world.address, publicUrl: 'https://evil.example.com' });
    expect((await evil.send({ target, form, headers })).status).toBe(403);
    expect((await platform.send({ target, form, headers })).status).toBe(200);
    await evil.close();
  });

  it('both tokens are good while they are being rotated', async () => {
    const statuses = await Promise.all(
      ['new-token', 'old-token', 'new-token,old-token', ''].map(async (token) => {
        const answer = await platform.send({
          target: '/voice/main',
          form: [['CallSid', 'CA-rotated']],
          signed: { token },
        });
        return answer.status;
      }),
    );
    expect(statuses).toEqual([200, 200, 403, 403]);
  });

  it.each([
    ['in an unknown encoding', { 'content-encoding': 'br2' }],
    ['in an unknown character set', { 'content-type': 'application/x-www-form-urlencoded; charset=klingon' }],
  ])('a body %s', async (_how, headers) => {
    const answer = await platform.send({ target: '/voice/main', form: [['CallSid', 'CA-coded']], headers });
    expect(answer.status).toBe(403);
  });

  it('an unsigned body of 100 kB, and one of 1 MB', async () => {
    for (const size of [100_000, 1_000_000]) {
      const form = [
        ['CallSid', 'CA-large'],
        ['x', 'x'.repeat(size)],
      ] as const;
      expect((await platform.send({ target: '/voice/main', form, signed: null })).status).toBe(403);
    }
  });
});

async function callerWithCode(): Promise<Caller> {
  const caller = world.caller();
  await caller.dials('main');
  await caller.presses('1003');
  return caller;
}

function pathOf(url: string): string {
  return url.slice(world.address.publicUrl.length);
}
