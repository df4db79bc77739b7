import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { said } from '../support/caller.ts';
import { Platform, type PlatformAnswer, type PlatformRequest } from '../support/platform.ts';
import { World } from '../support/world.ts';
import { readTwiml } from '../../src/telephone/twiml-reader.ts';

const AGENT = '+12025550177';

let world: World;
let platform: Platform;
beforeAll(async () => {
  world = await World.open({ settings: { AGENT_NUMBER: AGENT } });
  platform = new Platform(world.address);
});
afterAll(async () => {
  await platform.close();
  await world.close();
});

const APOLOGY = {
  status: 200,
  type: 'text/xml; charset=utf-8',
  words: 'Sorry, we have a technical problem.',
  verbs: ['say', 'dial'],
  dialled: AGENT,
};

function shown({ status, headers, body }: PlatformAnswer): typeof APOLOGY {
  const verbs = readTwiml(body);
  const to = verbs.flatMap((verb) => (verb.verb === 'dial' && verb.to.kind === 'number' ? [verb.to.number] : []));
  return {
    status,
    type: String(headers['content-type']),
    words: said(body),
    verbs: verbs.map((verb) => verb.verb),
    dialled: to.join(),
  };
}

const call = [['CallSid', 'CA-nonsense']] as const;

describe('signed, but nothing of ours: an apology, and a person', () => {
  it.each<[what: string, request: PlatformRequest]>([
    ['a turn of a call that is unknown', { target: '/voice/turn/AAAAAAAAAAAAAAAAAAAAAA', form: call }],
    ['a turn without a nonce', { target: '/voice/turn', form: call }],
    ['a turn with an empty nonce', { target: '/voice/turn/', form: call }],
    ['a turn with more behind its nonce', { target: '/voice/turn/a/b', form: call }],
    ['a turn with a nonce of 4 kB', { target: `/voice/turn/${'a'.repeat(4096)}`, form: call }],
    ['a turn with an escaped nonce', { target: '/voice/turn/%2e%2e%2f', form: call }],
    ['an escape that is none', { target: '/voice/turn/%ff', form: call }],
    ['a callflow that is unknown', { target: '/voice/nowhere', form: call }],
    ['a callflow whose name is a broken escape', { target: '/voice/%E0%A4%A', form: call }],
    ['a callflow called like a property of every object', { target: '/voice/__proto__', form: call }],
    ['another of these', { target: '/voice/constructor', form: call }],
    ['a callflow in capitals', { target: '/voice/MAIN', form: call }],
    ['a callflow with a slash behind it', { target: '/voice/main/', form: call }],
    ['no callflow', { target: '/voice/', form: call }],
    ['not even a slash', { target: '/voice', form: call }],
    ['a path out of it', { target: '/voice/../demo', form: call }],
    ['no CallSid', { target: '/voice/main' }],
    ['an empty CallSid', { target: '/voice/main', form: [['CallSid', '']] }],
    ['a CallSid given twice', { target: '/voice/main', form: [...call, ...call] }],
    ['a CallSid of another shape', { target: '/voice/main', form: [['CallSid', 'CA 1/2']] }],
    ['a CallSid that is too long', { target: '/voice/main', form: [['CallSid', 'C'.repeat(65)]] }],
    ['a fallback of an unknown call', { target: '/voice/fallback', form: [...call, ['ErrorCode', '11200']] }],
    [
      'a fallback that names nothing of ours',
      { target: '/voice/fallback', form: [...call, ['ErrorUrl', 'https://evil.example.com/voice/main']] },
    ],
    ['a fallback without a CallSid', { target: '/voice/fallback' }],
    ['GET on a start', { method: 'GET', target: '/voice/main?CallSid=CA-get' }],
    ['GET on a turn', { method: 'GET', target: '/voice/turn/AAAAAAAAAAAAAAAAAAAAAA' }],
    ['GET on the status callback', { method: 'GET', target: '/voice/status' }],
    ['PUT', { method: 'PUT', target: '/voice/main', form: call }],
    ['100 kB of an unknown parameter', { target: '/voice/turn/a', form: [...call, ['x', 'x'.repeat(100_000)]] }],
    ['10 kB of digits', { target: '/voice/turn/a', form: [...call, ['Digits', '1'.repeat(10_000)]] }],
  ])('%s', async (_what, request) => {
    expect(shown(await platform.send(request))).toEqual(APOLOGY);
  });

  it('a callflow and CallSid with names of properties make a call like any other', async () => {
    const answer = await platform.send({ target: '/voice/main', form: [['CallSid', '__proto__']] });
    expect(said(answer.body)).toContain('account number');
  });

  it('a signed body of 100 kB is a webhook like any other', async () => {
    const form = [
      ['CallSid', 'CA-large'],
      ['Later', 'x'.repeat(100_000)],
    ] as const;
    const answer = await platform.send({ target: '/voice/main', form });
    expect(answer.status).toBe(200);
    expect(said(answer.body)).toContain('account number');
  });

  it.each([
    ['completed', ''],
    ['busy', 'Unfortunately, no one is available right now. Please call again later. Goodbye.'],
    ['no-answer', 'Unfortunately, no one is available right now. Please call again later. Goodbye.'],
    ['failed', 'Unfortunately, no one is available right now. Please call again later. Goodbye.'],
  ])('the agent of a lost call: %s', async (status, words) => {
    const apology = await platform.send({ target: '/voice/nowhere', form: call });
    const dial = readTwiml(apology.body).find((verb) => verb.verb === 'dial');
    const target = (dial?.action ?? '').slice(world.address.publicUrl.length);
    const { body } = await platform.send({ target, form: [...call, ['DialCallStatus', status]] });
    expect(said(body)).toBe(words);
    expect(readTwiml(body).at(-1)).toEqual({ verb: 'hangup' });
  });

  it('status callbacks are taken as they come, and answered without a document', async () => {
    const forms = [[], call, [...call, ['CallStatus', 'completed']], [['CallStatus', 'completed']]] as const;
    for (const form of forms) {
      const answer = await platform.send({ target: '/voice/status', form });
      expect({ status: answer.status, body: answer.body }).toEqual({ status: 204, body: '' });
    }
  });
});
