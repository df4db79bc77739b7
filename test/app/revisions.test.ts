import path from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { said, type Caller } from '../support/caller.ts';
import { World, type FileChanges } from '../support/world.ts';

const AGENT = '+12025550199';

/** Two callflows that fit together only as they are: the one links to the other and wires its exits. */
const LINKED = {
  'callflows/line.yaml': `callflow: line
start: to-desk
exits: { agent: { say: transferring, dial: "\${AGENT_NUMBER}" } }
blocks:
  to-desk: { link: desk, paths: { news: told, person: agent } }
  told: { menu: told, keys: { 1: to-desk, 2: agent } }
`,
  'callflows/desk.yaml': `callflow: desk
start: which
exits: { news: { returns: news }, person: { returns: person } }
blocks:
  which: { menu: which, keys: { 1: news, 2: person } }
`,
  'prompts/en-US/line.yaml': `locale: en-US
prompts:
  told: { ask: "No news today.", again: "So?", to-desk: "To ask again", agent: "For a person" }
`,
  'prompts/en-US/desk.yaml': `locale: en-US
prompts:
  which: { ask: "What is it?", again: "Well?", news: "For news", person: "For a person" }
`,
};
/** The same a day later: the news are gone, in both. */
const WITHOUT_NEWS = {
  'callflows/line.yaml': `callflow: line
start: to-desk
exits: { agent: { say: transferring, dial: "\${AGENT_NUMBER}" } }
blocks:
  to-desk: { link: desk, paths: { person: agent } }
`,
  'callflows/desk.yaml': `callflow: desk
start: which
exits: { person: { returns: person } }
blocks:
  which: { menu: which, keys: { 1: person } }
`,
  'prompts/en-US/desk.yaml': `locale: en-US
prompts:
  which: { ask: "We only have persons.", again: "Well?", person: "For a person" }
`,
};

/** How changed files come to serve the next call. */
const WAYS: readonly (readonly [way: string, take: (changes: FileChanges) => Promise<void>])[] = [
  ['published while it serves', (changes) => world.publishes(changes)],
  [
    'there when it is started again',
    async (changes) => {
      await world.changes(changes);
      await world.restarts();
    },
  ],
];

let world: World;
beforeEach(async () => {
  world = await World.open({ files: LINKED });
});
afterEach(() => world.close());

/** A call that has been asked for its code, by text message. */
async function askedForCode(): Promise<Caller> {
  const caller = await world.caller().dials('main');
  await caller.presses('1001');
  return caller.presses('2');
}

describe.each(WAYS)('changed files, %s', (_way, take) => {
  it('are the next call; one in progress hears its old wording and goes its old ways to the end', async () => {
    const caller = await askedForCode();
    const { code, wrongCode } = world;
    await take({
      edit: {
        'callflows/main.yaml': [['{ 1: identify, 2: agent }', '{ 1: agent, 2: identify }']],
        'callflows/two-factor.yaml': [['digits: 6', 'digits: 8']],
        'prompts/en-US/main.yaml': [
          ['ask: "', 'ask: "New: '],
          ['balance: "', 'balance: "New: '],
        ],
        'prompts/en-US/two-factor.yaml': [['wrong-code:\n    ask: "', 'wrong-code:\n    ask: "New: ']],
        'prompts/en-US/standard.yaml': [
          ['silence: "', 'silence: "New: '],
          ['goodbye: "', 'goodbye: "New: '],
        ],
      },
    });
    const heard: string[] = [];
    // One empty result after all keys of an entry may be a leftover pound, and counts nothing.
    for (const act of [wrongCode, null, null, code, '1', null, null]) {
      await (act === null ? caller.isSilent() : caller.presses(act));
      heard.push(caller.heard);
    }
    expect(heard.filter((words) => words.includes('New:'))).toEqual([]);
    expect(caller.hasEnded).toBe(true);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', sends: 1, attempts: 2, grants: 1 });

    const next = await world.caller().dials('main');
    expect(next.heard).toMatch(/^New: /);
    await next.presses('1003');
    expect(world.code).toMatch(/^\d{8}$/);
    await next.presses(world.code);
    expect(next.heard).toContain('New: ');
    await next.presses('1');
    expect(next.dialled).toBe(AGENT);
    expect(await world.revisionOf(next)).not.toBe(await world.revisionOf(caller));
  });

  it('that no longer fit the old ones: a linked callflow comes back by an exit which the new one has not', async () => {
    const caller = await world.caller().dials('line');
    await take({ files: WITHOUT_NEWS, gone: ['prompts/en-US/line.yaml'] });
    await caller.presses('1');
    expect(caller.heard).toMatch(/^No news today\./);
    await caller.presses('1');
    expect(caller.heard).toMatch(/^What is it\? For news, press 1\./);
    const next = await world.caller().dials('line');
    expect(next.heard).toBe('We only have persons. For a person, press 1.');
    await next.presses('1');
    expect(next.dialled).toBe(AGENT);
  });

  it('without the callflow that somebody is in: the call goes on, its repeats are answered, and no other begins', async () => {
    const caller = await world.caller().dials('line');
    const first = caller.body;
    await take({ gone: Object.keys(LINKED) });
    expect((await caller.post('/voice/line', { CallStatus: 'ringing' })).body).toBe(first);
    await caller.presses('1');
    expect(caller.heard).toMatch(/^No news today\./);
    const moved = await caller.post('/voice/line');
    expect(moved.body).toContain('<Redirect');
    await caller.presses('2');
    expect(caller.dialled).toBe(AGENT);
    await caller.hangsUp();
    expect((await caller.post('/voice/line')).body).toContain('<Hangup/>');

    const next = await world.caller().dials('line');
    expect(next.heard).toBe('Sorry, we have a technical problem.');
    expect(next.dialled).toBe(AGENT);
  });

  it('leave alone a call that asks for a callflow which is gone', async () => {
    const caller = await askedForCode();
    await take({ gone: Object.keys(LINKED) });
    expect(said((await caller.post('/voice/line')).body)).toBe('Sorry, we have a technical problem.');
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ entries: 1, grants: 1 });
  });

  it('with other messages and a sender in another country: a code that is sent again comes as the first one did', async () => {
    const caller = await askedForCode();
    await take({
      edit: {
        'callflows/two-factor.yaml': [['sms:   { from: "+12025550100" }', 'sms:   { from: "+442079460100" }']],
        'prompts/en-US/two-factor.yaml': [['sms: "{code}', 'sms: "New: {code}']],
      },
    });
    world.clock.advance(30_000);
    await caller.presses('*');
    await caller.presses('2');
    const texts = world.inbox.messages.map(({ text }) => text.replace(/\d{6}/, '#'));
    expect(texts).toHaveLength(2);
    expect(texts[1]).toBe(texts[0]);
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ sends: 2, grants: 1 });
  });

  it('are what another entry of the same call begins in', async () => {
    const caller = await world.caller().dials('line');
    await take({ files: WITHOUT_NEWS, gone: ['prompts/en-US/line.yaml'] });
    await caller.dials('desk');
    expect(caller.heard).toMatch(/^We only have persons\./);
    expect(await world.counts(caller)).toMatchObject({ callflow: 'desk', entries: 2 });
  });

  it('that come and go: calls of ten versions go on side by side, each in its own', async () => {
    const callers = [await world.caller().dials('main')];
    for (let version = 1; version < 10; version++) {
      const from = version === 1 ? '' : `Version ${version - 1}. `;
      const edit = {
        'prompts/en-US/two-factor.yaml': [[`greeting: "${from}`, `greeting: "Version ${version}. `]] as const,
      };
      if (version < 9) await world.publishes({ edit });
      else await take({ edit });
      callers.push(await world.caller().dials('main'));
    }
    const heard = await Promise.all(callers.map(async (caller) => (await caller.presses('1001')).heard));
    expect(heard.map((words) => /^Version (\d)/.exec(words)?.[1])).toEqual([
      undefined,
      ...Array.from({ length: 9 }, (_, n) => String(n + 1)),
    ]);
  });

  it('and hours later, when the store has been swept', async () => {
    const caller = await world.caller().dials('line');
    await take({ files: WITHOUT_NEWS, gone: ['prompts/en-US/line.yaml'] });
    world.clock.advance(3 * 3_600_000);
    await world.sweep();
    await world.restarts();
    await caller.presses('1');
    expect(caller.heard).toMatch(/^No news today\./);
  });
});

describe('another language as the default', () => {
  it('is the next call; one in progress goes on in its own, whose callflows may speak no other', async () => {
    const caller = await world.caller().dials('line');
    await world.changes({ gone: Object.keys(LINKED) });
    await world.restarts({ DEFAULT_LOCALE: 'es-ES' });
    await caller.presses('1');
    expect(caller.heard).toMatch(/^No news today\./);
    await caller.presses('2');
    await caller.go(caller.dialAction, { DialCallStatus: 'no-answer' });
    expect(caller.body).toContain('language="en-US"');
    expect(caller.hasEnded).toBe(true);
    expect((await world.caller().dials('main')).body).toContain('language="es-ES"');
  });
});

describe('files that cannot be used', () => {
  it.each<[what: string, changes: FileChanges, words: string]>([
    ['a mistake', { edit: { 'callflows/main.yaml': [['link: two-factor', 'link: nowhere']] } }, 'error CF205'],
    [
      'a limit beyond the bounds',
      { edit: { 'callflows/two-factor.yaml': [['lasts: 5m', 'lasts: 30m']] } },
      'code.lasts',
    ],
  ])('%s: are refused whole, and nothing changes', async (_what, changes, words) => {
    const caller = await world.caller().dials('main');
    const before = caller.heard;
    const edit = { ...changes.edit, 'prompts/en-US/main.yaml': [['ask: "', 'ask: "New: ']] as const };
    await expect(world.publishes({ edit })).rejects.toThrow(words);
    expect((await world.caller().dials('main')).heard).toBe(before);
    await caller.presses('1001');
    expect(caller.gather.numDigits).toBe(1);
  });
});

describe('calls that begin while files are published', () => {
  it('are each of one version, from the first word to the last', async () => {
    const numbered = (version: number): FileChanges => ({
      files: {
        'prompts/en-US/line.yaml': LINKED['prompts/en-US/line.yaml'].replace(/ask: "[^"]*"/, `ask: "Told ${version}."`),
        'prompts/en-US/desk.yaml': LINKED['prompts/en-US/desk.yaml'].replace(
          /ask: "[^"]*"/,
          `ask: "Asked ${version}."`,
        ),
      },
    });
    await world.publishes(numbered(0));
    const published = new AbortController();
    const versions: (readonly [asked: string | undefined, told: string | undefined])[] = [];
    const line = async (): Promise<void> => {
      for (let isLast = false; !isLast;) {
        isLast = published.signal.aborted;
        const caller = await world.caller().dials('line');
        const asked = /Asked (\d+)/.exec(caller.heard)?.[1];
        await caller.presses('1');
        versions.push([asked, /Told (\d+)/.exec(caller.heard)?.[1]]);
      }
    };
    const lines = Promise.all([line(), line(), line(), line()]);
    for (let version = 1; version <= 5; version++) await world.publishes(numbered(version));
    published.abort();
    await lines;
    expect(versions.filter(([asked, told]) => asked === undefined || asked !== told)).toEqual([]);
    expect(new Set(versions.map(([asked]) => asked)).size).toBeGreaterThan(1);
  });
});

describe('a library that cannot be found or loaded any more', () => {
  /** What becomes of a call in progress at its next key. */
  async function nextKey(caller: Caller) {
    const { action } = caller;
    await caller.presses('1');
    const { heard, dialled, body } = caller;
    const repeat = await caller.post(action, { Digits: '1' });
    return { heard, dialled, repeated: repeat.body === body, phase: (await world.counts(caller)).phase };
  }
  const PUT_THROUGH = {
    heard: 'Sorry, we have a technical problem.',
    dialled: AGENT,
    repeated: true,
    phase: 'ended',
  };

  it('because it is not in the store', async () => {
    const caller = await world.caller().dials('line');
    await world.changes({ files: WITHOUT_NEWS, gone: ['prompts/en-US/line.yaml'] });
    const database = new Database(path.join(world.folder, 'data', 'dialproof.db'));
    database.exec('DELETE FROM libraries');
    database.close();
    await world.restarts();
    expect(await nextKey(caller)).toEqual(PUT_THROUGH);
    expect(world.log).toContain('"error":"revision-unknown"');
    expect((await world.caller().dials('desk')).heard).toMatch(/^We only have persons\./);
  });

  it('because a setting that it uses is not what it was', async () => {
    const desk = `${LINKED['callflows/desk.yaml']}settings: { wait: "\${CALLFLOW_WAIT}" }\n`;
    await world.changes({ files: { ...LINKED, 'callflows/desk.yaml': desk } });
    await world.restarts({ CALLFLOW_WAIT: '10s' });
    const caller = await world.caller().dials('line');
    await world.changes({ files: WITHOUT_NEWS, gone: ['prompts/en-US/line.yaml'] });
    await world.restarts({ CALLFLOW_WAIT: 'long' });
    expect(await nextKey(caller)).toEqual(PUT_THROUGH);
    expect(world.log).toContain('the callflows that a call began in could not be loaded');
  });
});
