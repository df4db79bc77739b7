import { describe, expect, it } from 'vitest';
import { check, filesWith } from '../../../docs/examples.ts';
import { found, says } from './overlay.ts';

/** What is told of a text in any language, with standard prompts that it has none of. */
function toldIn(locale: string, text: string): readonly string[] {
  const files = new Map([...filesWith([]), ...Object.entries(says(JSON.stringify(text), locale))]);
  const standard = files.get('prompts/es-ES/standard.yaml') ?? '';
  if (!files.has(`prompts/${locale}/standard.yaml`))
    files.set(`prompts/${locale}/standard.yaml`, standard.replace('es-ES', locale));
  return check(files).findings.map(({ code, message }) => `${code} ${message}`);
}

describe('CF327: the forms of a plural', () => {
  it.each([
    [
      'one is missing',
      'en-US',
      '{digits, plural, other {# digits}}',
      'The plural of {digits} has no "one", which en-US needs for 1.',
    ],
    [
      'one is mistyped',
      'en-US',
      '{digits, plural, oen {#} other {#}}',
      '"oen" is no plural form of en-US. Did you mean "one"?',
    ],
    [
      'another word for one',
      'en-US',
      '{digits, plural, single {#} other {#}}',
      '"single" is no plural form of en-US. Did you mean "one"?',
    ],
    [
      'a form of other languages',
      'en-US',
      '{digits, plural, one {#} few {#} other {#}}',
      '"few" is no plural form of en-US.',
    ],
    [
      'few is missing',
      'pl-PL',
      '{digits, plural, one {#} many {#} other {#}}',
      'The plural of {digits} has no "few", which pl-PL needs for 2.',
    ],
    [
      'an ordinal without its forms',
      'en-US',
      '{digits, selectordinal, one {#st} two {#nd} other {#th}}',
      'The plural of {digits} has no "few", which en-US needs for 3.',
    ],
  ])('%s (%s)', (_what, locale, text, told) => {
    expect(toldIn(locale, text)).toEqual([`CF327 ${told}`]);
  });

  it.each([
    ['English', 'en-US', '{digits, plural, one {#} other {#}}'],
    ['one by its number', 'en-US', '{digits, plural, =1 {} other {#}}'],
    ['numbers of their own besides', 'en-US', '{digits, plural, =0 {none} one {#} =2 {both} other {#}}'],
    ['Spanish without its millions', 'es-ES', '{digits, plural, one {#} other {#}}'],
    ['Spanish with its millions', 'es-ES', '{digits, plural, one {#} many {#} other {#}}'],
    ['Japanese, which has one form', 'ja-JP', '{digits, plural, other {#}}'],
    ['Polish', 'pl-PL', '{digits, plural, one {#} few {#} many {#} other {#}}'],
    ['French, where nothing is counted from 0', 'fr-FR', '{digits, plural, =1 {#} other {#}}'],
    ['ordinals', 'en-US', '{digits, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}'],
    ['a choice of words', 'en-US', '{locale, select, one {a} other {b}}'],
  ])('is right in %s (%s)', (_what, locale, text) => {
    expect(toldIn(locale, text)).toEqual([]);
  });

  it('the caret is at the form, or at the plural that lacks one', () => {
    expect(found(says('"Codes have {digits, plural, oen {# x} other {# x}}."'))).toEqual([
      'prompts/en-US/tiny.yaml:3:39 warning CF327 "oen" is no plural form of en-US. Did you mean "one"?',
    ]);
    expect(found(says('"Codes have {digits, plural, other {# x}}."'))).toEqual([
      'prompts/en-US/tiny.yaml:3:22 warning CF327 The plural of {digits} has no "one", which en-US needs for 1.',
    ]);
  });
});
