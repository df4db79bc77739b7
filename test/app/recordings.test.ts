/** Recorded prompts in calls over signed HTTP: what is played, and what is spoken where nothing can be played. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wav } from '../support/audio.ts';
import type { Caller } from '../support/caller.ts';
import { World, type WorldOptions } from '../support/world.ts';

const FILES: NonNullable<WorldOptions['files']> = {
  'callflows/line.yaml': `
callflow: line
start: hello
exits:
  agent: { say: putting-you-through, dial: "\${AGENT_NUMBER}" }
  bye: { say: thank-you, hang-up: true }
blocks:
  hello: { say: welcome-back, next: choose }
  choose:
    menu: choose
    keys: { 1: number, 2: agent, 3: bye }
  number: { collect: number, digits: 4, save-as: Number, next: choose }
`,
  'prompts/en-US/line.yaml': `
locale: en-US
prompts:
  welcome-back: { text: "Welcome back.", audio: welcome-back.wav }
  choose:
    ask: { text: "What can we do for you?", audio: choose.mp3 }
    number: "To tell us a number"
    agent: "To speak to someone"
    bye: "If that is all"
  number: { text: "Four digits, please.", audio: number.wav }
  putting-you-through: { text: "One moment.", audio: one-moment.wav }
  thank-you: { text: "Thank you.", audio: thank-you.wav }
`,
  'prompts/en-US/audio/welcome-back.wav': wav(),
  'prompts/en-US/audio/choose.mp3': Uint8Array.from([0x49, 0x44, 0x33, 4]),
  'prompts/en-US/audio/number.wav': wav(900),
  'prompts/en-US/audio/one-moment.wav': wav(1000),
  'prompts/en-US/audio/thank-you.wav': wav(1100),
};
const OPTIONS = 'To tell us a number, press 1. To speak to someone, press 2. If that is all, press 3.';

let world: World;
beforeAll(async () => {
  world = await World.open({ files: FILES });
});
afterAll(() => world.close());

const names = (caller: Caller): readonly string[] => caller.played.map((url) => url.split('/').at(-1) ?? '');

describe('a recorded prompt', () => {
  it('is played from under the public address, inside the Gather, and its words stand beside it', async () => {
    const caller = await world.caller().dials('line');
    expect(names(caller)).toEqual(['welcome-back.wav', 'choose.mp3']);
    expect(caller.gather.spoken.map(({ verb }) => verb)).toEqual(['play', 'play', 'say']);
    for (const url of caller.played) {
      expect(url).toMatch(new RegExp(`^${world.address.publicUrl}/audio/[0-9a-f]{20}/en-US/[a-z-]+\\.(wav|mp3)$`));
      expect((await fetch(url)).status).toBe(200);
    }
    expect(caller.heard).toBe(`Welcome back. What can we do for you? ${OPTIONS}`);
  });

  it('is played where digits are asked for, and on the way out', async () => {
    const caller = await world.caller().dials('line');
    await caller.presses('1');
    expect(names(caller)).toEqual(['number.wav']);
    await caller.presses('1234');
    await caller.presses('2');
    expect(names(caller)).toEqual(['one-moment.wav']);
    expect(caller.dialled).toBe('+12025550199');
  });
});

describe('a recording that the platform cannot play', () => {
  it.each([
    ['could not be fetched', '11200'],
    ['is no audio to the platform, inside a Gather', '13325'],
    ['has a type that the platform does not take', '12300'],
  ])('that %s: the question comes again in words, on the same turn, and no counter is used', async (_what, code) => {
    const caller = await world.caller().dials('line');
    const { action, heard } = caller;
    await caller.go('/voice/fallback', { ErrorCode: code, ErrorUrl: caller.played[0] ?? '' });
    expect({ heard: caller.heard, played: caller.played, action: caller.action }).toEqual({
      heard,
      played: [],
      action,
    });
    expect(await world.counts(caller)).toMatchObject({ phase: 'active', exit: null });
  });

  it('is not played again in this call, nor is any other', async () => {
    const caller = await world.caller().dials('line');
    await caller.go('/voice/fallback', { ErrorCode: '11200', ErrorUrl: caller.played[0] ?? '' });
    await caller.presses('1');
    expect({ heard: caller.heard, played: caller.played }).toEqual({ heard: 'Four digits, please.', played: [] });
    await caller.presses('1234');
    await caller.presses('2');
    expect({ heard: caller.heard, played: caller.played }).toEqual({ heard: 'One moment.', played: [] });
    expect(names(await world.caller().dials('line'))).toHaveLength(2);
  });

  it('on the way to a person: the words, and the person is dialled all the same', async () => {
    const caller = await world.caller().dials('line');
    await caller.presses('2');
    await caller.go('/voice/fallback', { ErrorCode: '11200', ErrorUrl: caller.played[0] ?? '' });
    expect({ heard: caller.heard, played: caller.played }).toEqual({ heard: 'One moment.', played: [] });
    expect(caller.dialled).toBe('+12025550199');
    await caller.go(caller.dialAction, { DialCallStatus: 'completed' });
    expect(await world.counts(caller)).toMatchObject({ exit: 'agent', phase: 'ended' });
  });

  it('leaves the call its first failed webhook: one that fails later gets the question again, too', async () => {
    const caller = await world.caller().dials('line');
    await caller.go('/voice/fallback', { ErrorCode: '11200', ErrorUrl: caller.played[0] ?? '' });
    const { heard } = caller;
    await caller.go('/voice/fallback', { ErrorCode: '11200', ErrorUrl: 'https://elsewhere.example.com/' });
    expect(caller.heard).toBe(heard);
    expect(caller.action).toContain('/voice/turn/');
  });

  it('the platform reports it twice: the same reply, byte for byte', async () => {
    const caller = await world.caller().dials('line');
    const report = { ErrorCode: '11200', ErrorUrl: caller.played[0] ?? '' };
    const first = await caller.post('/voice/fallback', report);
    expect(await caller.post('/voice/fallback', report)).toEqual(first);
  });

  it('is worth a line in the log, without the address', async () => {
    const caller = await world.caller().dials('line');
    await caller.go('/voice/fallback', { ErrorCode: '11200', ErrorUrl: caller.played[0] ?? '' });
    const line = world.log.split('\n').find((each) => each.includes(caller.call) && each.includes('recording'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ level: 'warn', call: caller.call, error: '11200' });
  });
});

describe('another recording is published while somebody is on the line', () => {
  const NEW = { files: { 'prompts/en-US/audio/number.wav': wav(900, 7) } };
  let changed: World;
  beforeEach(async () => {
    changed = await World.open({ files: FILES });
  });
  afterEach(() => changed.close());

  it('they go on hearing the one that they began with; the next call hears the new one', async () => {
    const caller = await changed.caller().dials('line');
    await changed.publishes(NEW);
    await caller.presses('1');
    const next = await (await changed.caller().dials('line')).presses('1');
    const [old, now] = await Promise.all(
      [...caller.played, ...next.played].map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())),
    );
    expect([old, now].map((each) => each?.equals(wav(900)))).toEqual([true, false]);
  });

  it('and the server is started again: the recording that they began with is gone, and its words are spoken', async () => {
    const caller = await changed.caller().dials('line');
    const [welcome = ''] = caller.played;
    await changed.changes(NEW);
    await changed.restarts();
    await caller.presses('1');
    expect({ heard: caller.heard, played: caller.played }).toEqual({ heard: 'Four digits, please.', played: [] });
    expect((await fetch(welcome)).status).toBe(200);
  });

  it('and what was about to be said again from before is spoken, too', async () => {
    const caller = await changed.caller().dials('line');
    // The menu took one key, so this document may catch a late hash key; then it is said again as it was.
    await caller.presses('1');
    expect(names(caller)).toEqual(['number.wav']);
    await changed.changes(NEW);
    await changed.restarts();
    expect((await fetch(caller.played[0] ?? '')).status).toBe(404);
    await caller.isSilent();
    expect({ heard: caller.heard, played: caller.played }).toEqual({ heard: 'Four digits, please.', played: [] });
  });

  it('nothing else has changed: the call is in another revision all the same', async () => {
    const caller = await changed.caller().dials('line');
    await changed.publishes(NEW);
    const next = await changed.caller().dials('line');
    expect(await changed.revisionOf(next)).not.toBe(await changed.revisionOf(caller));
  });
});

it('the apology for a lost call is spoken, also where its prompt is recorded', async () => {
  const recorded = await World.open({
    edit: {
      'prompts/en-US/standard.yaml': [
        [
          'technical-problem: "Sorry, we have a technical problem."',
          'technical-problem: { text: "Sorry, we have a technical problem.", audio: sorry.wav }',
        ],
      ],
    },
    files: { 'prompts/en-US/audio/sorry.wav': wav() },
  });
  const caller = await recorded.caller().go('/voice/no-such-callflow');
  expect({ heard: caller.heard, played: caller.played }).toEqual({
    heard: 'Sorry, we have a technical problem.',
    played: [],
  });
  await recorded.close();
});
