import { describe, expect, it } from 'vitest';
import { VERBS } from '../../../src/core/blocks/index.ts';
import { counted, lasting, listed, methodInWords } from '../../../src/core/callflow/in-words.ts';
import { limitPhrases } from '../../../src/core/callflow/limit-words.ts';
import { eventOf } from '../../../src/core/callflow/path-words.ts';
import { METHODS } from '../../../src/core/method.ts';

describe('numbers, times and lists as people say them', () => {
  it.each([
    [counted(1, 'silence'), '1 silence'],
    [counted(0, 'send'), '0 sends'],
    [counted(3, 'wrong key'), '3 wrong keys'],
    [lasting(300_000), '5 minutes'],
    [lasting(60_000), '1 minute'],
    [lasting(90_000), '90 seconds'],
    [lasting(2_500), '2.5 seconds'],
    [lasting(3_600_000), '1 hour'],
    [listed([]), ''],
    [listed(['a']), 'a'],
    [listed(['a', 'b']), 'a and b'],
    [listed(['a', 'b', 'c'], 'or'), 'a, b or c'],
  ])('%s', (said, expected) => {
    expect(said).toBe(expected);
  });

  it('every method has words', () => {
    expect(METHODS.filter((method) => methodInWords(method) === method)).toEqual([]);
  });
});

describe('what a limit waits for', () => {
  it.each([
    [
      'menu',
      [
        { path: 'silences', most: 3 },
        { path: 'wrong-keys', most: 3 },
      ],
      ['3 silences or wrong keys'],
    ],
    [
      'menu',
      [
        { path: 'silences', most: 1 },
        { path: 'wrong-keys', most: 3 },
      ],
      ['1 silence', '3 wrong keys'],
    ],
    ['collect', [{ path: 'wrong-keys', most: 1 }], ['1 wrong key']],
    ['find-methods', [{ path: 'none' }, { path: 'locked' }], ['no method', 'locked']],
    ['send-code', [{ path: 'too-many', most: 1 }, { path: 'locked' }], ['1 send', 'locked']],
    ['verify-code', [{ path: 'too-many', most: 3 }, { path: 'no-send-left' }], ['3 wrong codes', 'no send left']],
  ])('%s: %j', (verb, limits, phrases) => {
    expect(limitPhrases(verb, limits)).toEqual(phrases);
  });

  it('every limit path of every verb has words of its own', () => {
    const wordless = [...VERBS.values()].flatMap(({ name, limitPaths = [] }) =>
      limitPaths.filter((path) => limitPhrases(name, [{ path, most: 3 }])[0] === path && path !== 'locked'),
    );
    expect(wordless).toEqual([]);
  });
});

describe('what has happened when a block leaves by a path', () => {
  it.each([
    ['verify-code', 'right', 'the code is right'],
    ['service', 'failed', 'the service does not answer properly'],
    ['service', 'gold', 'the service says "gold"'],
  ])('%s by %s', (verb, path, words) => {
    expect(eventOf(verb, path)).toBe(words);
  });
});
