import { describe, expect, it } from 'vitest';
import { found, texts } from './overlay.ts';

describe('CF322: a message without its code', () => {
  it.each([
    ['without it', '"Here is your code."', 'The message "sms" does not hold the code.'],
    [
      'as a number, which would lose a zero',
      '"{code, number} is it."',
      'The message "sms" does not always hold the code as it is typed, with every digit.',
    ],
    [
      'in a choice that is not taken',
      '"{minutes, plural, =1 {{code}} other {See above.}}"',
      'The message "sms" does not always hold the code as it is typed, with every digit.',
    ],
  ])('%s', (_what, message, told) => {
    expect(found(texts(message))).toEqual([`prompts/en-US/tiny.yaml:3:8 error CF322 ${told}`]);
  });

  it('whose name is mistyped is told as a name', () => {
    expect(found(texts('"{coed} is it."')).map((each) => each.split(' ')[2])).toEqual(['CF309']);
  });

  it.each([
    ['the code', '"{code}"'],
    ['the code inside a tag', '"<spell>{code}</spell> is it."'],
    ['the code in the choice that is taken', '"{minutes, plural, =5 {{code}} one {Wait.} other {See above.}}"'],
  ])('is not one with %s', (_what, message) => {
    expect(found(texts(message))).toEqual([]);
  });
});

describe('CF323: a text message that does not fit', () => {
  /** A message that takes so many characters with a code of six digits. */
  const filled = (length: number, character = 'x'): string => `"{code}${character.repeat(length - 6)}"`;

  it.each([
    ['161 characters', filled(161), '', 'takes 161 characters as it is sent, and 160 fit.'],
    ['characters that count two', filled(84, '€'), '', 'takes 162 characters as it is sent, and 160 fit.'],
    ['71 with an accent', filled(71, 'ó'), '', 'takes 71 characters as it is sent, and 70 fit.'],
    [
      'a longer code than the example has',
      filled(159),
      ', code: { digits: 8 }',
      'takes 161 characters as it is sent, and 160 fit.',
    ],
    [
      'minutes in two digits',
      `"{minutes} ${'x'.repeat(152)}{code}"`,
      ', code: { lasts: 10m }',
      'takes 161 characters as it is sent, and 160 fit.',
    ],
  ])('%s', (_what, message, settings, told) => {
    const [only, ...rest] = found(texts(message, { settings }));
    expect(rest).toEqual([]);
    expect(only).toContain(`error CF323 This text message ${told}`);
  });

  it.each([
    ['160 characters', filled(160), ''],
    ['77 characters that count two', filled(83, '€'), ''],
    ['70 with an accent', filled(70, 'ó'), ''],
    ['ñ and ¿ are in the basic alphabet', filled(160, 'ñ'), ''],
    ['minutes in one digit', `"{minutes} ${'x'.repeat(152)}{code}"`, ''],
  ])('is not %s', (_what, message, settings) => {
    expect(found(texts(message, { settings }))).toEqual([]);
  });

  it('the caret is at the first character outside the basic alphabet', () => {
    expect(found(texts(`"{code} – ${'x'.repeat(70)}"`))).toEqual([
      'prompts/en-US/tiny.yaml:3:16 error CF323 This text message takes 79 characters as it is sent, and 70 fit.',
    ]);
  });

  it('in every language that the callflow speaks', () => {
    expect(found(texts(filled(71, 'á'), { locale: 'es-ES' }))).toHaveLength(1);
  });
});
