import { describe, expect, it } from 'vitest';
import { transcript, type Gather, type Spoken, type Verb } from '../../src/core/call/verbs.ts';
import type { CallEvent, Document, LineRequest } from '../../src/telephone/call-events.ts';
import { parseKeys } from '../../src/telephone/keys.ts';
import { playCall, playCallOver } from '../../src/telephone/player.ts';
import { scriptedCaller } from '../../src/telephone/scripted-caller.ts';
import { walkCall } from '../../src/telephone/walk.ts';

const URL = 'https://voice.example.com';

const say = (text: string): Spoken => ({
  verb: 'say',
  utterance: { prompt: text, parts: [{ kind: 'text', text }], language: 'en-US' },
});
const gather = (rest: Partial<Gather> = {}): Gather => ({
  verb: 'gather',
  action: `${URL}/action`,
  timeout: 5,
  finishOnKey: '#',
  spoken: [],
  ...rest,
});
const redirect = (path: string): Verb => ({ verb: 'redirect', url: URL + path });
const hangup: Verb = { verb: 'hangup' };
const dial: Verb = { verb: 'dial', to: { kind: 'number', number: '+12025550199' }, action: `${URL}/dialled` };
const queue: Verb = { verb: 'enqueue', queue: 'support', action: `${URL}/queued` };
const code = gather({ numDigits: 6 });

interface Caller {
  readonly keys?: string;
  readonly dialOutcome?: 'completed' | 'busy' | 'no-answer' | 'failed';
}

/** Plays a call whose documents come one after the other, by whatever URL they are asked for. */
async function call(documents: readonly Document[], { keys = '', dialOutcome }: Caller = {}) {
  const requests: LineRequest[] = [];
  const events: CallEvent[] = [];
  const ended = await playCallOver(`${URL}/voice/main`, {
    line: async ({ url, digits, words, dialled, queued }) => {
      const result = {
        ...(words && { words }),
        ...(digits && { digits }),
        ...(dialled && { dialled }),
        ...(queued && { queued }),
      };
      requests.push({ url: url.slice(URL.length), ...result });
      const document = documents[requests.length - 1];
      return document === undefined ? [hangup] : document;
    },
    caller: scriptedCaller(
      parseKeys(keys),
      async (which) => ({ code: '123456', wrong: '654321', old: '111111' })[which],
    ),
    observe: (event) => void events.push(event),
    ...(dialOutcome && { dialOutcome }),
  });
  return { requests: requests.slice(1), events, ended };
}

/** What happened, in short. */
function story(events: readonly CallEvent[]): string {
  const words = events.map((event) => {
    if (event.kind === 'said') return `"${transcript(event.utterance.parts)}"`;
    if (event.kind === 'pressed') return event.key;
    if (event.kind === 'ended') return `ended by ${event.by}`;
    return event.kind;
  });
  return words.join(' ');
}

describe('a document, as the voice platform walks it', () => {
  it.each<[string, readonly Verb[], Caller, readonly LineRequest[]]>([
    ['the end of a document hangs up', [say('Bye')], {}, []],
    ['an empty document hangs up', [], {}, []],
    ['nothing after Hangup runs', [hangup, redirect('/never')], {}, []],
    ['Redirect asks for the next document', [redirect('/next')], {}, [{ url: '/next' }]],
    ['nothing after Redirect runs', [redirect('/next'), redirect('/never')], {}, [{ url: '/next' }]],
    ['keys go to the action', [gather(), redirect('/silent')], { keys: '12#' }, [{ url: '/action', digits: '12' }]],
    ['silence runs the verb after Gather', [gather(), redirect('/silent')], {}, [{ url: '/silent' }]],
    [
      'a bare finish key runs the verb after Gather',
      [gather(), redirect('/silent')],
      { keys: '#' },
      [{ url: '/silent' }],
    ],
    [
      'slices of a wait: keys in the first make one request',
      [code, code, redirect('/silent')],
      { keys: '123456' },
      [{ url: '/action', digits: '123456' }],
    ],
    ['slices of a wait: silence makes one request', [code, code, code, redirect('/silent')], {}, [{ url: '/silent' }]],
    [
      'slices of a wait: fewer keys make one request',
      [code, code, redirect('/silent')],
      { keys: '12' },
      [{ url: '/action', digits: '12' }],
    ],
    [
      'words go to the action of a Gather that listens for them',
      [gather({ speech: { language: 'en-US', only: false } }), redirect('/silent')],
      { keys: '"one two"' },
      [{ url: '/action', words: 'one two' }],
    ],
    [
      'keys at a Gather that listens for words alone are silence',
      [gather({ speech: { language: 'en-US', only: true } }), redirect('/silent')],
      { keys: '12#' },
      [{ url: '/silent' }],
    ],
    [
      'words at a Gather that listens for keys are silence',
      [gather(), redirect('/silent')],
      { keys: '"one two"' },
      [{ url: '/silent' }],
    ],
    ['a Gather at the end and silence hang up', [gather()], {}, []],
    ['Dial posts how it went', [dial, say('never')], { dialOutcome: 'busy' }, [{ url: '/dialled', dialled: 'busy' }]],
    [
      'Dial without an action goes on with the document',
      [{ verb: 'dial', to: { kind: 'number', number: '+12025550199' } }, redirect('/after')],
      {},
      [{ url: '/after' }],
    ],
    ['Enqueue posts that somebody came', [queue, say('never')], {}, [{ url: '/queued', queued: 'bridged' }]],
    ['nobody comes', [queue], { dialOutcome: 'no-answer' }, [{ url: '/queued', queued: 'leave' }]],
    ['the queue is full', [queue], { dialOutcome: 'busy' }, [{ url: '/queued', queued: 'queue-full' }]],
    ['the queue fails', [queue], { dialOutcome: 'failed' }, [{ url: '/queued', queued: 'error' }]],
    ['Dial is answered unless said otherwise', [dial], {}, [{ url: '/dialled', dialled: 'completed' }]],
  ])('%s', async (_rule, document, caller, requests) => {
    expect((await call([document], caller)).requests).toEqual(requests);
  });

  it('a Redirect out of the server hands the call over', async () => {
    const { ended, requests } = await call([[redirect('/elsewhere')], null]);
    expect(requests).toEqual([{ url: '/elsewhere' }]);
    expect(ended.by).toBe('elsewhere');
  });

  it('tells what happens, in order', async () => {
    const ask = [gather({ spoken: [say('Hello'), { verb: 'pause', seconds: 1 }, say('Key?')] }), redirect('/silent')];
    const { events } = await call([[say('Hi'), ...ask], [dial], [say('Nobody'), hangup]], {
      keys: '1#',
      dialOutcome: 'failed',
    });
    expect(story(events)).toBe(
      'request "Hi" "Hello" paused "Key?" listening 1 # request dialled request "Nobody" ended by line',
    );
  });

  it('says which Pause holds the line before a Redirect', async () => {
    const pause: Verb = { verb: 'pause', seconds: 1 };
    const { events } = await call([[pause, say('Wait'), pause, redirect('/poll')]]);
    expect(events.flatMap((event) => (event.kind === 'paused' ? event.beforeRedirect : []))).toEqual([false, true]);
  });

  it('time is virtual: speech, pauses and silences take theirs without being waited for', async () => {
    const { ended } = await call([[say('1234567890'), { verb: 'pause', seconds: 3 }, gather({ timeout: 8 })]]);
    expect(ended.at).toBe(600 + 3000 + 8000);
  });

  it('a recording is told with its URL', async () => {
    const play: Spoken = {
      verb: 'play',
      url: `${URL}/a.wav`,
      utterance: { prompt: 'a', parts: [], language: 'en-US' },
    };
    const { events } = await call([[play]]);
    expect(events[1]).toMatchObject({ kind: 'said', recording: `${URL}/a.wav` });
  });
});

describe('keys left over when a Gather ended', () => {
  it('a trailing # falls into the next document at once, and is an empty result there', async () => {
    const again = [code, redirect('/again')];
    const { requests } = await call([again, again, again], { keys: '123456#,{code}' });
    expect(requests).toEqual([
      { url: '/action', digits: '123456' },
      { url: '/again' },
      { url: '/action', digits: '123456' },
    ]);
  });

  it('barge into the prompts of the next document', async () => {
    const menu = gather({ numDigits: 1, spoken: [say('A long sentence that nobody listens to')] });
    const { requests } = await call([[menu], [menu], [menu]], { keys: '123' });
    expect(requests.map(({ digits }) => digits)).toEqual(['1', '2', '3']);
  });

  it('the first of them tells how much of the prompts it cut off, in milliseconds', async () => {
    const { events } = await call([[code], [gather({ numDigits: 2, spoken: [say('Press one.')] })]], {
      keys: '12345678',
    });
    const pressed = events.flatMap((event) => (event.kind === 'pressed' ? [[event.key, event.cut]] : []));
    // A letter lasts 60 ms; the key comes 300 ms after the one before.
    expect(pressed.slice(-3)).toEqual([
      ['6', undefined],
      ['7', 10 * 60 - 300],
      ['8', undefined],
    ]);
  });

  it('the next group waits for a question that hears nothing of the group before', async () => {
    const { requests } = await call([[gather({ numDigits: 1 })], [code], [code]], { keys: '12,34' });
    expect(requests.map(({ digits }) => digits)).toEqual(['1', '2', '34']);
  });

  it('are lost on speech outside of a Gather', async () => {
    const { requests } = await call([[code], [say('One moment please'), code, redirect('/silent')]], {
      keys: '123456#',
    });
    expect(requests).toEqual([{ url: '/action', digits: '123456' }, { url: '/silent' }]);
  });

  it('that are lost keep no caller from answering what is asked then', async () => {
    const { requests } = await call([[code], [say('One moment please'), code]], { keys: '123456#,{code}' });
    expect(requests.map(({ digits }) => digits)).toEqual(['123456', '123456']);
  });
});

describe('a scripted caller', () => {
  const question = [code, redirect('/silent')];

  it('types one group at each question and is silent after the last', async () => {
    const { requests } = await call([question, question, question], { keys: '{wrong},{code}' });
    expect(requests).toEqual([
      { url: '/action', digits: '654321' },
      { url: '/action', digits: '123456' },
      { url: '/silent' },
    ]);
  });

  it('- stays silent at a question, all its slices included', async () => {
    const sliced = [code, code, redirect('/silent')];
    const { requests } = await call([sliced, sliced], { keys: '-,{old}' });
    expect(requests).toEqual([{ url: '/silent' }, { url: '/action', digits: '111111' }]);
  });

  it('{hangup} ends the call without a request', async () => {
    const { requests, ended } = await call([question, question], { keys: '{code},{hangup}' });
    expect(requests).toEqual([{ url: '/action', digits: '123456' }]);
    expect(ended.by).toBe('caller');
  });

  it('hanging up after some keys submits nothing', async () => {
    const { requests, events } = await call([question], { keys: '12{hangup}' });
    expect(requests).toEqual([]);
    expect(story(events)).toBe('request listening 1 2 ended by caller');
  });

  it('hanging up after the last key leaves the request under way', async () => {
    const { requests, ended, events } = await call([question, [say('Never heard')]], { keys: '{code}{hangup}' });
    expect(requests).toEqual([{ url: '/action', digits: '123456' }]);
    expect(ended.by).toBe('caller');
    expect(story(events)).not.toContain('Never heard');
  });
});

describe('a responder in this process', () => {
  it('is played without promises, thousands of calls in a row', () => {
    const menu = gather({ numDigits: 1, spoken: [say('Press one')] });
    let requests = 0;
    for (let n = 0; n < 5000; n += 1) {
      const ended = playCall(`${URL}/voice/main`, {
        line: ({ digits }) => {
          requests += 1;
          return digits === undefined ? [menu, redirect('/silent')] : [hangup];
        },
        caller: ({ promptsEnd }) => ({ keys: [{ key: '1', at: promptsEnd }] }),
      });
      expect(ended.by).toBe('line');
    }
    expect(requests).toBe(10_000);
  });

  it('a driver that does not answer is a fault of ours', () => {
    const walk = walkCall(`${URL}/voice/main`, {});
    walk.next();
    expect(() => walk.next()).toThrow(expect.objectContaining({ code: 'wiring-broken' }));
  });
});
