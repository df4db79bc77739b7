/** Every request in every state of a call: the rows of docs/protocol.md, one test each, over signed HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEASE } from '../../src/app/limits.ts';
import type { Caller } from '../support/caller.ts';
import { said } from '../support/caller.ts';
import { World } from '../support/world.ts';

const HANGUP = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';
const AGENT = '+12025550199';
const ENTER_CODE = /Enter the 6 digits now/;
const hour = 3_600_000;

let world: World;
beforeAll(async () => {
  world = await World.open({
    files: {
      'callflows/waiting.yaml': `
callflow: waiting
start: hello
exits: { support: { say: transferring, queue: support } }
blocks: { hello: { say: one-moment, next: support } }`,
    },
  });
});
afterAll(() => world.close());

/** A call of account 1002 (email only) that has been asked for its code. */
async function askedForCode(): Promise<Caller> {
  const caller = await world.caller().dials('main');
  await caller.presses('1002');
  expect(caller.heard).toMatch(ENTER_CODE);
  return caller;
}

async function exitOf(caller: Caller): Promise<string | null> {
  return (await world.counts(caller)).exit;
}

describe('any request, unsigned or wrongly signed', () => {
  it.each([
    ['a start', '/voice/main'],
    ['a turn', '/voice/turn/AAAAAAAAAAAAAAAAAAAAAA'],
    ['a status callback', '/voice/status'],
    ['a fallback', '/voice/fallback'],
  ])('%s without a signature gets 403', async (_what, url) => {
    expect((await world.caller().post(url, {}, { token: null })).status).toBe(403);
  });

  it('a turn signed with another token gets 403 and changes nothing', async () => {
    const caller = await askedForCode();
    const code = world.code;
    expect((await caller.post(caller.action, { Digits: code }, { token: 'another token' })).status).toBe(403);
    expect(await world.counts(caller)).toMatchObject({ attempts: 0, phase: 'active' });
    await caller.presses(code);
    expect(caller.heard).toMatch(/you are verified/);
  });
});

describe('signed, but nonce, CallSid or callflow unknown or absent', () => {
  it.each([
    ['an unknown callflow', '/voice/no-such-flow', {}],
    ['an unknown nonce', '/voice/turn/AAAAAAAAAAAAAAAAAAAAAA', { Digits: '1' }],
    ['no CallSid', '/voice/main', { CallSid: '' }],
  ])('%s: 200, technical-problem, then the agent', async (_what, url, parameters) => {
    const answer = await world.caller().post(url, parameters);
    expect(answer.status).toBe(200);
    expect(said(answer.body)).toBe('Sorry, we have a technical problem.');
    expect(answer.body).toContain(`<Number>${AGENT}</Number>`);
  });

  it('a nonce of another call is unknown', async () => {
    const caller = await askedForCode();
    const stranger = await world.caller().dials('main');
    expect(said((await stranger.post(caller.action, { Digits: world.code })).body)).toBe(
      'Sorry, we have a technical problem.',
    );
    expect(await world.counts(caller)).toMatchObject({ attempts: 0 });
  });
});

describe('turn, nonce saved', () => {
  it('gets the stored reply, byte for byte, also when the call has moved on', async () => {
    const caller = await world.caller().dials('main');
    const { action } = caller;
    const reply = (await caller.presses('1001')).body;
    await caller.presses('1');
    expect((await caller.post(action, { Digits: '1001' })).body).toBe(reply);
    expect((await caller.post(action, { Digits: '1002' })).body).toBe(reply);
    expect(await world.counts(caller)).toMatchObject({ sends: 1 });
  });

  it('also after the call has ended, until it is purged', async () => {
    const caller = await askedForCode();
    const { action } = caller;
    const reply = (await caller.presses(world.code)).body;
    await caller.hangsUp();
    expect((await caller.post(action, { Digits: world.code })).body).toBe(reply);
    world.clock.advance(25 * hour);
    await world.sweep();
    expect(said((await caller.post(action, { Digits: '000000' })).body)).not.toMatch(/verified/);
  });
});

describe('turn, nonce claimed and in flight', () => {
  it.each([2, 5])('%i requests at the same moment are answered with the same bytes and act as one', async (times) => {
    const caller = await world.caller().dials('main');
    await caller.presses('1001');
    const { action } = caller;
    const replies = await Promise.all(
      Array.from({ length: times }, (_, n) => caller.post(action, { Digits: '2' }, { idempotency: String(n) })),
    );
    expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
    expect(said(replies[0]?.body ?? '')).toMatch(ENTER_CODE);
    expect(await world.counts(caller)).toMatchObject({ sends: 1 });
  });
});

describe('turn, nonce claimed by a process that died', () => {
  it('the claimed input is run, whatever the repeat carries', async () => {
    const caller = await askedForCode();
    const nonce = caller.action.split('/').at(-1) ?? '';
    await world.claims(caller.call, { kind: 'turn', nonce }, { type: 'keys', digits: world.code });
    world.clock.advance(LEASE + 1);
    await caller.presses(world.wrongCode);
    expect(caller.heard).toMatch(/you are verified/);
    expect(await world.counts(caller)).toMatchObject({ attempts: 1, grants: 1 });
  });
});

describe('turn, nonce current, no Digits and no no-input mark', () => {
  it('is a Redirect back: the reply that issued the nonce again, and no silence is counted', async () => {
    const caller = await askedForCode();
    const asked = caller.body;
    for (let n = 0; n < 5; n++) expect((await caller.post(caller.action)).body).toBe(asked);
    await caller.presses(world.code);
    expect(caller.heard).toMatch(/you are verified/);
  });
});

describe('turn, call ended or CallStatus=completed', () => {
  it('a fresh turn of an ended call gets Hangup; digits in it are never an attempt', async () => {
    const caller = await askedForCode();
    await caller.hangsUp();
    expect((await caller.post(caller.action, { Digits: world.code })).body).toBe(HANGUP);
    expect(await world.counts(caller)).toMatchObject({ attempts: 0, grants: 0, phase: 'ended' });
  });

  it('CallStatus=completed gets Hangup and has no effect', async () => {
    const caller = await askedForCode();
    expect((await caller.post(caller.action, { Digits: world.code, CallStatus: 'completed' })).body).toBe(HANGUP);
    expect(await world.counts(caller)).toMatchObject({ attempts: 0, grants: 0 });
  });

  it('a start with CallStatus=completed gets Hangup, and no call begins', async () => {
    const caller = world.caller();
    const start = await caller.post('/voice/two-factor?AccountNumber=1001', { CallStatus: 'completed' });
    expect(start.body).toBe(HANGUP);
    await expect(world.counts(caller)).rejects.toThrow('the demo does not know the call');
  });
});

describe('start', () => {
  it('CallSid unknown: first prompt; call, entry 1, turn 1', async () => {
    const caller = await world.caller().dials('main');
    expect(caller.heard).toMatch(/enter your account number/);
    expect(await world.counts(caller)).toMatchObject({ entries: 1, turns: 1, phase: 'active' });
  });

  it('same callflow and query, entry at its first turn: the stored first reply', async () => {
    const caller = await world.caller().dials('main');
    const first = caller.body;
    expect((await caller.post('/voice/main')).body).toBe(first);
    expect((await caller.post('/voice/main', {}, { idempotency: 'another' })).body).toBe(first);
    expect(await world.counts(caller)).toMatchObject({ entries: 1, turns: 1 });
  });

  it('five at the same moment open one call', async () => {
    const caller = world.caller();
    const replies = await Promise.all(Array.from({ length: 5 }, () => caller.post('/voice/main')));
    expect(new Set(replies.map((reply) => reply.body)).size).toBe(1);
    expect(await world.counts(caller)).toMatchObject({ entries: 1, turns: 1 });
  });

  it('also when the first reply ended the call: the stored first reply', async () => {
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1004' });
    expect(caller.dialled).toBe(AGENT);
    expect((await caller.post('/voice/two-factor?AccountNumber=1004')).body).toBe(caller.body);
  });

  it('entry further on: a Redirect to the current turn, which asks the question again', async () => {
    const caller = await askedForCode();
    const asked = caller.body;
    const redirect = await caller.post('/voice/main');
    expect(redirect.body).toContain(`<Redirect method="POST">${caller.action}</Redirect>`);
    expect((await caller.post(caller.action)).body).toBe(asked);
  });

  it('call ended by a hang-up: Hangup; a captured start never sends again', async () => {
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
    await caller.presses(world.wrongCode);
    await caller.hangsUp();
    const sent = world.inbox.messages.length;
    expect((await caller.post('/voice/two-factor?AccountNumber=1002')).body).toBe(HANGUP);
    expect((await caller.post('/voice/two-factor?AccountNumber=1003')).body).toBe(HANGUP);
    world.clock.advance(48 * hour);
    expect((await caller.post('/voice/two-factor?AccountNumber=1002')).body).toBe(HANGUP);
    expect(world.inbox.messages).toHaveLength(sent);
  });

  it('call put through to an agent: Hangup', async () => {
    const caller = await world.caller().dials('main');
    await caller.presses('1004');
    expect(caller.dialled).toBe(AGENT);
    expect((await caller.post('/voice/main')).body).toBe(HANGUP);
  });

  it('other callflow or query while an entry is active: that one is abandoned, its code is closed, a new entry opens', async () => {
    const caller = await askedForCode();
    const old = { action: caller.action, code: world.code };
    await caller.dials('two-factor', { AccountNumber: '1003' });
    expect(caller.heard).toMatch(ENTER_CODE);
    expect(await world.counts(caller)).toMatchObject({ entries: 2, sends: 2 });
    expect(said((await caller.post(old.action, { Digits: old.code })).body)).toBe(
      'Sorry, we have a technical problem.',
    );
    await caller.presses(old.code === world.code ? world.wrongCode : old.code);
    expect(caller.heard).toMatch(/did not match/);
    await caller.presses(world.code);
    expect(await exitOf(caller)).toBe('success');
  });

  it('inputs come from the signed query, and from nothing that the callflow does not name', async () => {
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1002', Balance: '1' });
    expect(caller.heard).toMatch(/We emailed a code/);
  });
});

describe('dial action', () => {
  async function putThrough(): Promise<Caller> {
    const caller = await world.caller().dials('main');
    await caller.presses('1004');
    return caller;
  }

  it('DialCallStatus=completed: Hangup; the call ended, its exit stays known', async () => {
    const caller = await putThrough();
    await caller.go(caller.dialAction, { DialCallStatus: 'completed' });
    expect(caller.body).toBe(HANGUP);
    expect(await world.counts(caller)).toMatchObject({ phase: 'ended', exit: 'agent' });
  });

  it.each(['busy', 'no-answer', 'failed', 'canceled'])(
    '%s: says that no one is available, then Hangup',
    async (status) => {
      const caller = await putThrough();
      await caller.go(caller.dialAction, { DialCallStatus: status });
      expect(caller.heard).toMatch(/no one is available/);
      expect(caller.hasEnded).toBe(true);
      expect(await world.counts(caller)).toMatchObject({ phase: 'ended', exit: 'agent' });
    },
  );

  it('a repeat gets the stored reply', async () => {
    const caller = await putThrough();
    const { dialAction } = caller;
    const first = await caller.post(dialAction, { DialCallStatus: 'busy' });
    expect(await caller.post(dialAction, { DialCallStatus: 'completed' })).toEqual(first);
  });
});

describe('queue action', () => {
  const waiting = (): Promise<Caller> => world.caller().dials('waiting');

  it('the caller waits in the queue that the exit names; a repeat of the start gets the stored reply, another none', async () => {
    const caller = await waiting();
    expect(caller.verbs.at(-1)).toMatchObject({ verb: 'enqueue', queue: 'support' });
    expect((await caller.post('/voice/waiting')).body).toBe(caller.body);
    expect((await caller.post('/voice/main')).body).toBe(HANGUP);
    expect(await world.counts(caller)).toMatchObject({ phase: 'active', exit: 'support' });
  });

  it.each(['bridged', 'hangup', 'redirected-from-bridged'])('%s: Hangup; the call ended', async (QueueResult) => {
    const caller = await waiting();
    await caller.go(caller.queueAction, { QueueResult, QueueTime: '30' });
    expect(caller.body).toBe(HANGUP);
    expect(await world.counts(caller)).toMatchObject({ phase: 'ended', exit: 'support' });
  });

  it.each(['queue-full', 'error', 'system-error', 'leave', 'redirected', 'anything'])(
    '%s: says that no one is available, then Hangup',
    async (QueueResult) => {
      const caller = await waiting();
      await caller.go(caller.queueAction, { QueueResult });
      expect(caller.heard).toMatch(/no one is available/);
      expect(caller.hasEnded).toBe(true);
      expect(await world.counts(caller)).toMatchObject({ phase: 'ended', exit: 'support' });
    },
  );

  it('a repeat gets the stored reply, and one of a call that nobody knows an end', async () => {
    const caller = await waiting();
    const { queueAction } = caller;
    const first = await caller.post(queueAction, { QueueResult: 'queue-full' });
    expect(await caller.post(queueAction, { QueueResult: 'bridged' })).toEqual(first);
    const lost = await world.caller().post(queueAction, { QueueResult: 'bridged' });
    expect(lost.body).toBe(HANGUP);
  });
});

describe('fallback', () => {
  const failed = (url: string, code = '11200') => ({ ErrorUrl: url, ErrorCode: code });

  it('ErrorUrl is a start URL and the call is unknown: as that start', async () => {
    const caller = world.caller();
    await caller.go('/voice/fallback', failed(`${world.address.publicUrl}/voice/two-factor?AccountNumber=1002`));
    expect(caller.heard).toMatch(/We emailed a code/);
    await caller.presses(world.code);
    expect(await exitOf(caller)).toBe('success');
  });

  it('ErrorUrl names a saved turn: as that turn', async () => {
    const caller = await world.caller().dials('main');
    const { action } = caller;
    const reply = (await caller.presses('1002')).body;
    expect((await caller.post('/voice/fallback', failed(action))).body).toBe(reply);
    expect(await world.counts(caller)).toMatchObject({ sends: 1 });
  });

  it('ErrorCode 12xxx (document refused): the error exit, whatever the ErrorUrl names', async () => {
    const caller = await askedForCode();
    await caller.go('/voice/fallback', failed(`${world.address.publicUrl}/voice/main`, '12100'));
    expect(caller.heard).toBe('Sorry, we have a technical problem.');
    expect(caller.dialled).toBe(AGENT);
    expect(await exitOf(caller)).toBe('error');
  });

  it('otherwise: the current question again, without using a counter; a repeat gets the stored reply', async () => {
    const caller = await askedForCode();
    const asked = caller.body;
    const first = await caller.post('/voice/fallback', failed(caller.action));
    expect(first.body).toBe(asked);
    expect(await caller.post('/voice/fallback', failed(caller.action))).toEqual(first);
    await caller.presses(world.code);
    expect(caller.heard).toMatch(/you are verified/);
  });

  it('a second, different ErrorUrl in this call: the error exit', async () => {
    const caller = await askedForCode();
    await caller.post('/voice/fallback', failed(caller.action));
    await caller.go('/voice/fallback', failed(`${caller.action}?silence=1`));
    expect(caller.dialled).toBe(AGENT);
    expect(await exitOf(caller)).toBe('error');
  });

  it('an ErrorUrl of somebody else is no start: technical-problem', async () => {
    const answer = await world.caller().post('/voice/fallback', failed('https://elsewhere.example/voice/main'));
    expect(said(answer.body)).toBe('Sorry, we have a technical problem.');
  });
});

describe('status callback', () => {
  it.each(['completed', 'busy', 'failed', 'no-answer', 'canceled'])(
    '%s: 204, ends the call and voids its code; nothing reopens (D15)',
    async (status) => {
      const caller = await askedForCode();
      const code = world.code;
      for (let n = 0; n < 3; n++) expect((await caller.post('/voice/status', { CallStatus: status })).status).toBe(204);
      expect((await caller.post('/voice/status', { CallStatus: 'in-progress' })).status).toBe(204);
      expect((await caller.post(caller.action, { Digits: code })).body).toBe(HANGUP);
      expect(await world.counts(caller)).toMatchObject({ phase: 'ended', attempts: 0 });
    },
  );

  it.each(['ringing', 'in-progress', 'queued', 'nonsense', ''])('%s: 204 and no effect', async (status) => {
    const caller = await askedForCode();
    expect((await caller.post('/voice/status', { CallStatus: status })).status).toBe(204);
    expect(await world.counts(caller)).toMatchObject({ phase: 'active' });
  });

  it('of a call that nobody knows: 204', async () => {
    expect((await world.caller().post('/voice/status', { CallStatus: 'completed' })).status).toBe(204);
  });
});

describe('no webhook for 4 hours', () => {
  it('the call has ended', async () => {
    const caller = await askedForCode();
    await world.passes(4 * hour);
    expect((await caller.post(caller.action, { Digits: '123456' })).body).toBe(HANGUP);
    expect(await world.counts(caller)).toMatchObject({ phase: 'ended' });
  });
});

describe('a restart of the server', () => {
  it('between any two webhooks of a call: the call goes on, and its counts are kept', async () => {
    const caller = await world.caller().dials('main');
    await world.restarts();
    await caller.presses('1001');
    await world.restarts();
    await caller.presses('1');
    await world.restarts();
    await caller.presses(world.wrongCode);
    await world.restarts();
    expect(caller.heard).toMatch(/You have 2 tries left/);
    await caller.presses(world.code);
    await world.restarts();
    await caller.isSilent();
    await caller.isSilent();
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', sends: 1, attempts: 2, grants: 1 });
  });
});
