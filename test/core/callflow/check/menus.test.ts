import { describe, expect, it } from 'vitest';
import { findingsOf } from './rule-findings.ts';

const line = (keys: string, settings = '{}'): string => `
callflow: line
start: more
settings: ${settings}
exits: { bye: { hang-up: true }, desk: { hang-up: true } }
blocks:
  more:
    menu: more
    keys: ${keys}`;

describe('CF230: key 0 that is something else than in other menus', () => {
  it('is found at the key', () => {
    expect(findingsOf('CF230', line('{ 1: desk, 0: bye }', '{ zero-is: desk }'))).toEqual([
      '9:22 Key 0 leads to "bye" here, and to "desk" in every other menu (`zero-is`).',
    ]);
  });

  it.each([
    ['it is the same', '{ 1: bye, 0: desk }', '{ zero-is: desk }'],
    ['it is not written', '{ 1: bye }', '{ zero-is: desk }'],
    ['the settings say nothing about it', '{ 1: bye, 0: desk }', '{}'],
  ])('is no mistake where %s', (_what, keys, settings) => {
    expect(findingsOf('CF230', line(keys, settings))).toEqual([]);
  });
});

describe('CF231: number keys that callers do not expect', () => {
  it.each([
    [
      'a gap',
      '{ 1: bye, 2: desk, 4: bye }',
      '9:30 The number keys of this menu are 1, 2 and 4; callers expect 1, 2 and 3.',
    ],
    [
      'a beginning that is not 1',
      '{ 2: bye, 3: desk }',
      '9:13 The number keys of this menu are 2 and 3; callers expect 1 and 2.',
    ],
    ['one key that is not 1', '{ 5: bye, 0: desk }', '9:13 The one number key of this menu is 5; callers expect 1.'],
    [
      'disorder',
      '{ 2: bye, 1: desk }',
      '9:21 Key 1 stands after key 2; callers hear them in the order of their numbers.',
    ],
    [
      'disorder over several lines',
      '\n      1: bye\n      3: bye\n      2: desk',
      '12:7 Key 2 stands after key 3; callers hear them in the order of their numbers.',
    ],
  ])('%s', (_what, keys, message) => {
    expect(findingsOf('CF231', line(keys))).toEqual([message]);
  });

  it.each([
    ['one after the other', '{ 1: bye, 2: desk, 3: bye }'],
    ['with zero, star and hash anywhere', '{ 0: desk, 1: bye, star: bye, 2: desk, hash: bye }'],
    ['none at all', '{ star: bye, 0: desk }'],
  ])('are not %s', (_what, keys) => {
    expect(findingsOf('CF231', line(keys))).toEqual([]);
  });
});

describe('CF233: more choices than callers keep in mind', () => {
  const keys = (count: number, more = ''): string =>
    `{ ${Array.from({ length: count }, (_, index) => `${index + 1}: bye`).join(', ')}${more} }`;

  it.each([
    ['five', keys(5), '9:45 This menu has 5 choices; callers keep 4 in mind at most.'],
    ['four and hash', keys(4, ', hash: desk'), '9:45 This menu has 5 choices; callers keep 4 in mind at most.'],
  ])('%s', (_what, written, message) => {
    expect(findingsOf('CF233', line(written))).toEqual([message]);
  });

  it.each([
    ['four', keys(4)],
    ['four besides help and back', keys(4, ', 0: desk, star: desk')],
  ])('are not %s', (_what, written) => {
    expect(findingsOf('CF233', line(written))).toEqual([]);
  });
});

describe('CF232: a menu that takes too long to say', () => {
  /** So many seconds of speech. */
  const words = (seconds: number): string => 'Please listen to me. '.repeat(Math.ceil((seconds * 1000) / 60 / 21));

  it('is found with its language and the time that it takes', () => {
    expect(findingsOf('CF232', line('{ 1: bye }'), { prompts: { more: { ask: words(33), bye: 'Bye' } } })).toEqual([
      '8:11 This menu takes about 35 seconds to say in en-US; by then callers have forgotten how it began.',
    ]);
  });

  it('is measured with everything that it offers', () => {
    const two = { ask: words(10), bye: words(10) };
    expect(findingsOf('CF232', line('{ 1: bye }'), { prompts: { more: two } })).toEqual([]);
    const three = { ...two, desk: words(11) };
    expect(findingsOf('CF232', line('{ 1: bye, 2: desk }'), { prompts: { more: three } })).toHaveLength(1);
  });

  it('is measured with the offer of a person at key 0', () => {
    const prompts = { more: { ask: words(27.5), bye: 'Bye' } };
    expect(findingsOf('CF232', line('{ 1: bye }'), { prompts })).toEqual([]);
    expect(findingsOf('CF232', line('{ 1: bye }', '{ zero-is: desk }'), { prompts })).toHaveLength(1);
  });

  it('is a choice of methods as well, with all that callers may have', () => {
    const choose = 'blocks:\n  more:\n    choose-method: more\n    next: bye';
    const yaml = line('').replace(/blocks:[^]*/, choose);
    const prompts = { more: { ask: words(11), email: words(10), sms: words(11) } };
    expect(findingsOf('CF232', yaml, { prompts })).toEqual([
      '8:20 This menu takes about 36 seconds to say in en-US; by then callers have forgotten how it began.',
    ]);
    expect(findingsOf('CF232', yaml.replace('{}', '{ methods: [email] }'), { prompts })).toEqual([]);
  });

  it('is no entry of digits, however long the question is', () => {
    const yaml = line('').replace(/menu: more[^]*/, 'collect: more\n    digits: 4\n    save-as: A\n    next: bye');
    expect(findingsOf('CF232', yaml, { prompts: { more: words(60) } })).toEqual([]);
  });

  it('is told for each language in which it is', () => {
    const yaml = line('{ 1: bye, 2: es }').replace('blocks:', 'blocks:\n  es: { set: { locale: es-ES }, next: more }');
    const prompts = { more: { ask: words(40), bye: 'Bye', es: 'Español' } };
    expect(findingsOf('CF232', yaml, { prompts }).map((each) => /in (\S+);/.exec(each)?.[1])).toEqual([
      'en-US',
      'es-ES',
    ]);
  });
});
