import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inWords, toVerbs, type Links, type Plan } from '../../../src/core/call/render.ts';
import type { Utterance, Verb } from '../../../src/core/call/verbs.ts';

const links: Links = {
  turn: (nonce) => `https://example.test/turn/${nonce}`,
  silence: (nonce) => `https://example.test/turn/${nonce}?silent=1`,
  start: (callflow) => `https://example.test/${callflow}`,
  audio: (path) => `https://example.test/${path}`,
};
const ACTION = links.turn('n');
const hello: Utterance = { prompt: 'hello', parts: [{ kind: 'text', text: 'Hello.' }], language: 'en-US' };
const recorded: Utterance = { ...hello, audio: 'audio/d1/en-US/hello.wav' };

function question(
  wait: number,
  options: { readonly keys?: number | null; readonly finishOnKey?: '#' | ''; readonly leftover?: boolean } = {},
): Plan {
  const { keys = 6, finishOnKey = '#', leftover = false } = options;
  return { kind: 'ask', spoken: [hello, recorded], listen: { keys, finishOnKey, wait }, leftover, nonce: 'n' };
}

/** `3` for a Gather of 3 s, `say`, `redirect` ... */
function outline(verbs: readonly Verb[]): readonly (number | string)[] {
  return verbs.map((verb) => (verb.verb === 'gather' ? verb.timeout : verb.verb));
}

describe('a question', () => {
  it.each([
    [3_000, [3]],
    [4_000, [4]],
    [5_000, [5]],
    [5_001, [5, 5]],
    [8_000, [5, 5]],
    [10_000, [5, 5]],
    [11_000, [5, 5, 5]],
    [45_000, [5, 5, 5, 5, 5, 5, 5, 5, 5]],
    [60_000, Array.from({ length: 12 }, () => 5)],
    [2_500, [3]],
    [0, [1]],
  ])('that waits %i ms is Gathers of %j seconds, and then the Redirect that means silence', (wait, seconds) => {
    const verbs = toVerbs(question(wait), links);
    expect(outline(verbs)).toEqual([...seconds, 'redirect']);
    expect(verbs.at(-1)).toEqual({ verb: 'redirect', url: links.silence('n') });
  });

  it('has every prompt inside its first Gather, so that an early key is not lost', () => {
    const [first, ...others] = toVerbs(question(8_000), links);
    expect(first).toEqual({
      verb: 'gather',
      action: ACTION,
      numDigits: 6,
      timeout: 5,
      finishOnKey: '#',
      spoken: [
        { verb: 'say', utterance: hello },
        { verb: 'play', url: 'https://example.test/audio/d1/en-US/hello.wav', utterance: recorded },
      ],
    });
    expect(others[0]).toEqual({
      verb: 'gather',
      action: ACTION,
      numDigits: 6,
      timeout: 5,
      finishOnKey: '#',
      spoken: [],
    });
  });

  it('says what is recorded where the recording is not at hand, and where the call is told in words', () => {
    const spoken = [
      { verb: 'say', utterance: hello },
      { verb: 'say', utterance: recorded },
    ];
    expect(toVerbs(question(3_000), { ...links, audio: () => null })[0]).toMatchObject({ spoken });
    expect(toVerbs(question(3_000), inWords(links))[0]).toMatchObject({ spoken, action: ACTION });
  });

  it('with any number of keys names none; where hash is a choice there is no finish key', () => {
    const [gather] = toVerbs(question(3_000, { keys: null, finishOnKey: '' }), links);
    expect(gather).not.toHaveProperty('numDigits');
    expect(gather).toMatchObject({ finishOnKey: '' });
  });

  it('after an entry that ended by its number of keys has one Gather: a leftover hash falls into that', () => {
    const verbs = toVerbs(question(45_000, { leftover: true }), links);
    expect(outline(verbs)).toEqual([5, 'redirect']);
    expect(verbs[0]).toMatchObject({ spoken: [{ verb: 'say' }, { verb: 'play' }] });
  });

  it('listens at least as long as it should, at most 5 s a time, with one address for keys and one for silence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3_000, max: 60_000 }), fc.boolean(), (wait, leftover) => {
        const verbs = toVerbs(question(wait, { leftover }), links);
        const gathers = verbs.filter((verb) => verb.verb === 'gather');
        const seconds = gathers.map((gather) => gather.timeout);
        if (!leftover) expect(seconds.reduce((sum, each) => sum + each, 0) * 1000).toBeGreaterThanOrEqual(wait);
        expect(Math.max(...seconds)).toBeLessThanOrEqual(5);
        expect(new Set(gathers.map((gather) => gather.action))).toEqual(new Set([ACTION]));
        expect(gathers.slice(1).flatMap((gather) => gather.spoken)).toEqual([]);
        expect(verbs.filter((verb) => verb.verb !== 'gather')).toEqual([{ verb: 'redirect', url: links.silence('n') }]);
      }),
    );
  });
});

describe('everything else', () => {
  const leave = (to: string | null | Extract<Plan, { kind: 'leave' }>['way']): Plan => ({
    kind: 'leave',
    spoken: [hello],
    way: to === null ? { kind: 'hang-up' } : typeof to === 'string' ? { kind: 'dial', to } : to,
    reason: 'agent',
    verified: true,
    nonce: 'n',
  });

  it('a held line pauses a second and asks again, without meaning silence', () => {
    expect(toVerbs({ kind: 'hold', spoken: [hello], nonce: 'n' }, links)).toEqual([
      { verb: 'say', utterance: hello },
      { verb: 'pause', seconds: 1 },
      { verb: 'redirect', url: ACTION },
    ]);
  });

  it('a number is dialled, and what becomes of it comes back', () => {
    expect(toVerbs(leave('+12025550199'), links)).toEqual([
      { verb: 'say', utterance: hello },
      { verb: 'dial', to: { kind: 'number', number: '+12025550199' }, action: ACTION },
    ]);
  });

  it.each(['sip:desk@example.test', 'sips:desk@example.test', 'SIP:desk@example.test'])(
    '%s hears who is verified and why, in headers',
    (uri) => {
      const headers = { 'X-Verified': 'true', 'X-Reason': 'agent' };
      expect(toVerbs(leave(uri), links).at(-1)).toEqual({
        verb: 'dial',
        to: { kind: 'sip', uri, headers },
        action: ACTION,
      });
    },
  );

  it('a caller waits in a queue, and what becomes of it comes back', () => {
    expect(toVerbs(leave({ kind: 'queue', queue: 'support' }), links)).toEqual([
      { verb: 'say', utterance: hello },
      { verb: 'enqueue', queue: 'support', action: ACTION },
    ]);
  });

  it('another application is redirected to, after the prompts', () => {
    expect(toVerbs(leave({ kind: 'redirect', url: 'https://other.example.com/' }), links)).toEqual([
      { verb: 'say', utterance: hello },
      { verb: 'redirect', url: 'https://other.example.com/' },
    ]);
  });

  it('a hang-up says its prompts first', () => {
    const verbs = [{ verb: 'say', utterance: hello }, { verb: 'hangup' }];
    expect(toVerbs(leave(null), links)).toEqual(verbs);
    expect(toVerbs({ kind: 'hang-up', spoken: [hello] }, links)).toEqual(verbs);
  });

  it('a Redirect is nothing else', () => {
    expect(toVerbs({ kind: 'redirect', url: ACTION }, links)).toEqual([{ verb: 'redirect', url: ACTION }]);
  });
});
