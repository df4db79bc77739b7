import { describe, expect, it } from 'vitest';
import { DialproofError } from '../../src/core/errors.ts';
import { parseKeys, typeKeys } from '../../src/telephone/keys.ts';

const keys = (text: string) => text.split('').map((key) => ({ kind: 'key' as const, key }));
const code = (which: 'code' | 'wrong' | 'old') => ({ kind: 'code' as const, which });

const fix = (text: string) => {
  try {
    return parseKeys(text);
  } catch (error) {
    return error instanceof DialproofError ? error.fix : error;
  }
};

describe('the keys of a scripted caller', () => {
  it.each([
    ['one group for each question', '1001#,2', [keys('1001#'), keys('2')]],
    ['every key of a telephone', '0123456789*#', [keys('0123456789*#')]],
    ['the newest code', '2,{code}', [keys('2'), [code('code')]]],
    ['a wrong and an old code', '{wrong},{old}', [[code('wrong')], [code('old')]]],
    ['a code with a # after it', '{code}#', [[code('code'), ...keys('#')]]],
    ['silence, in both spellings', '-,{silence},1', [[], [], keys('1')]],
    ['spaces between groups and keys', ' 1 2 , {code} ', [keys('12'), [code('code')]]],
    ['nothing at all: silence until the call ends', '', []],
  ])('%s: %s', (_what, text, parts) => {
    expect(parseKeys(text)).toEqual(parts.map((parts) => ({ parts, hangUp: false })));
  });

  it.each([
    ['words in a group of their own', '1,"one two, three",2', { parts: [], words: 'one two, three', hangUp: false }],
    ['words, and then hanging up', '1, " oh one " {hangup}', { parts: [], words: 'oh one', hangUp: true }],
  ])('%s: %s', (_what, text, group) => {
    expect(parseKeys(text)[1]).toEqual(group);
  });

  it.each([
    ['at a question', '1,{hangup}', { parts: [], hangUp: true }],
    ['in the middle of typing', '1,12{hangup}', { parts: keys('12'), hangUp: true }],
  ])('hanging up %s: %s', (_what, text, group) => {
    expect(parseKeys(text)[1]).toEqual(group);
  });

  it.each([
    ['12,3A', '"A" at position 5 is not a key of a telephone.'],
    ['12,,3', 'The group at position 4 is empty.'],
    ['12,', 'The group at position 4 is empty.'],
    ['1,{cod}', '"{cod}" at position 3 is not known.'],
    ['1,{Code}', '"{Code}" at position 3 is not known.'],
    ['1,{code,2', 'The "{" at position 3 is never closed in its group.'],
    ['1,2-', '"-" at position 4 asks for silence in a group that does more.'],
    ['{silence}1', '"{silence}" at position 1 asks for silence in a group that does more.'],
    ['{hangup}1', '"{hangup}" at position 1 is not the last of its group.'],
    ['1,"one', 'The words at position 3 are empty or never closed.'],
    ['1," "', 'The words at position 3 are empty or never closed.'],
    ['1,2"one"', 'The words at position 4 stand in a group that does more.'],
    ['"one""two"', 'The words at position 1 stand in a group that does more.'],
    ['1☎', '"☎" at position 2 is not a key of a telephone.'],
  ])('a mistake is told by its position: %s', (text, message) => {
    expect(() => parseKeys(text)).toThrow(expect.objectContaining({ code: 'usage-wrong', message }));
  });

  it('an error says what can be written instead', () => {
    expect(fix('1,,2')).toBe('Write "-" to stay silent at a question, or take the comma out.');
    expect(fix('x')).toBe(
      'Keys are 0-9, * and #. Others are {code}, {wrong}, {old}, {silence} (or -), {hangup} and "words".',
    );
  });

  it('keys are typed one after the other', () => {
    expect(typeKeys('12#', 1000)).toEqual([
      { key: '1', at: 1000 },
      { key: '2', at: 1300 },
      { key: '#', at: 1600 },
    ]);
  });
});
