/** Requests that somebody forges out of what was caught on the way, or writes by hand: over real sockets. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import type { Caller } from '../support/caller.ts';
import { Platform } from '../support/platform.ts';
import { World } from '../support/world.ts';

let world: World;
let platform: Platform;
beforeAll(async () => {
  world = await World.open();
  platform = new Platform(world.address);
});
afterAll(async () => {
  await platform.close();
  await world.close();
});

const formOf = (call: string): [string, string][] => [
  ['AccountSid', `AC${'0'.repeat(32)}`],
  ['CallSid', call],
  ['CallStatus', 'in-progress'],
  ['From', '+12025550123'],
  ['To', '+12025550100'],
];

async function asked(): Promise<Caller> {
  const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
  expect(caller.heard).toMatch(/Enter the 6 digits now/);
  return caller;
}

/** Bytes as they are; answers with all that comes back until the server ends the connection. */
async function raw(request: string): Promise<string> {
  const { port } = new URL(world.address.server);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request);
  return text(socket);
}

/** A signed request by hand: `target` is sent, `signed` is what the signature covers. */
function written(call: string, target: string, changes: { signed?: string; headers?: string; more?: string } = {}) {
  const form = formOf(call);
  const body = new URLSearchParams(form).toString() + (changes.more ?? '');
  const { authToken, publicUrl } = world.address;
  const url = publicUrl + (changes.signed ?? target);
  const signature = webhooks.getExpectedTwilioSignature(authToken, url, Object.fromEntries(form));
  return [
    `POST ${target} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: close',
    'Content-Type: application/x-www-form-urlencoded',
    `X-Twilio-Signature: ${signature}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    `${changes.headers ?? ''}\r\n${body}`,
  ].join('\r\n');
}

describe('a start that was caught', () => {
  const START = '/voice/two-factor?AccountNumber=1002';

  it.each([
    ['variables behind a thousand empty ones', `${START}${'&'.repeat(1000)}CustomerEmail=eve%40example.test`],
    ['a variable in a fragment', `${START}#?CustomerEmail=eve%40example.test`],
    ['a variable behind a fragment', `${START}#&CustomerEmail=eve%40example.test`],
    ['a second account', `${START}&AccountNumber=1003`],
    ['another account by a path that goes up', '/voice/x/../two-factor?AccountNumber=1003'],
  ])('opens nothing with %s', async (_what, target) => {
    const call = `CA-forged-${_what.length}`;
    const before = world.inbox.messages.length;
    expect(await raw(written(call, target, { signed: START }))).toMatch(/^HTTP\/1\.1 403 /);
    expect(world.inbox.messages.length).toBe(before);
  });

  it('without its account, which stands among the parameters, gives nobody’s call another entry', async () => {
    const caller = await asked();
    const before = await world.counts(caller);
    const answer = await platform.send({
      target: '/voice/two-factor',
      form: [['?AccountNumber=1002', ''], ...formOf(caller.call)],
      signed: { target: START, form: formOf(caller.call) },
    });
    expect(answer.status).toBe(403);
    expect(await world.counts(caller)).toEqual(before);
  });
});

describe('a request written by hand', () => {
  it('as platforms write it is answered', async () => {
    expect(await raw(written('CA-by-hand', '/voice/main'))).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    ['a target that is a whole address', { target: 'http://evil.example.com/voice/main', signed: '/voice/main' }],
    ['a second signature', { target: '/voice/main', headers: 'X-Twilio-Signature: AAAA\r\n' }],
    ['another parameter at the end of its form', { target: '/voice/main', more: '&Digits=123456' }],
    ['a body that hides behind another length', { target: '/voice/main', headers: 'Content-Length: 7\r\n' }],
    ['chunks and a length', { target: '/voice/main', headers: 'Transfer-Encoding: chunked\r\n' }],
  ])('with %s opens no call', async (_what, { target, ...changes }) => {
    const call = `CA-by-hand-${_what.length}`;
    expect(await raw(written(call, target, changes))).toMatch(/^HTTP\/1\.1 40[03] /);
    const caller = world.caller({ call });
    await expect(world.counts(caller)).rejects.toThrow('does not know the call');
  });
});

describe('the log', () => {
  it('has one JSON object in each line and nothing of what was forged, whatever comes in', async () => {
    const forged = '\n{"level":50,"msg":"forged","call":"CA-forged"}\n';
    const caller = await asked();
    const path = encodeURIComponent(forged);
    const token = { 'i-twilio-idempotency-token': 'forged' };
    await platform.send({ target: `/voice/${path}`, form: formOf(caller.call), headers: token });
    await platform.send({ target: `/voice/turn/${path}`, form: formOf(caller.call) });
    await platform.send({ target: '/voice/main', form: [['CallSid', forged]] });
    await platform.send({ target: `/voice/two-factor?AccountNumber=${path}`, form: formOf('CA-log') });
    for (const [name, value] of [
      ['ErrorUrl', forged],
      ['ErrorCode', forged],
      ['DialCallStatus', forged],
      ['SpeechResult', forged],
      ['Digits', forged],
    ] as const) {
      await platform.send({ target: '/voice/fallback', form: [...formOf(caller.call), [name, value]] });
      await caller.post(caller.action, { [name]: value });
    }
    const lines = world.log.trimEnd().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.anything() });
    expect(world.log).not.toContain('forged');
    expect(await world.counts(caller)).toMatchObject({ attempts: 0, grants: 0 });
  });
});

describe('delivery reports', () => {
  it('that guess tokens, under every method, end no code', async () => {
    const caller = await asked();
    const guesses = ['A'.repeat(22), '../'.repeat(8), '%00'.repeat(8), caller.call, 'null', '0'];
    for (const method of ['sms', 'email', 'authenticator', '__proto__', 'SMS', '%73ms'])
      for (const guess of guesses)
        await platform.send({ target: `/delivery/${method}/${guess}?status=failed`, method: 'GET', signed: null });
    await caller.presses(world.code);
    expect((await world.counts(caller)).exit).toBe('success');
  });
});
