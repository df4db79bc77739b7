import { describe, expect, it } from 'vitest';
import { callflow, found, prompts, type Files } from './overlay.ts';

function menu(text: string, locale = 'en-US'): Files {
  const words = (ask: string): string => `  more: { ask: ${JSON.stringify(ask)}, more: "Again", bye: "Enough" }`;
  return {
    ...callflow('  more: { menu: more, keys: { 1: more, 2: bye } }'),
    ...prompts(words('What now?')),
    ...prompts(words(text), locale),
  };
}

describe('CF320: a key that is written in a menu', () => {
  it.each([
    ['a digit', 'en-US', 'To hear that again, press 1.', '1'],
    ['before what it does', 'en-US', 'Press 2 for the end.', '2'],
    ['without a verb', 'en-US', 'For the end, 2.', '2'],
    ['a word', 'en-US', 'To hear that again, press one.', 'one'],
    ['a word behind others', 'en-US', 'Press the number two now.', 'two'],
    ['zero', 'en-US', 'Dial zero for an operator.', 'zero'],
    ['a digit that is spoken one by one', 'en-US', 'Press <digits>1</digits>.', '1'],
    ['inside a choice', 'en-US', '{digits, plural, one {Press 1} other {Go}}', '1'],
    ['a digit in another language', 'es-ES', 'Para terminar, pulse 2.', '2'],
    ['a word in Spanish', 'es-ES', 'Para terminar, pulse el dos.', 'dos'],
    ['a key in Spanish', 'es-ES', 'Marque la tecla cero.', 'cero'],
  ])('%s (%s)', (_what, locale, text, word) => {
    const [only, ...rest] = found(menu(text, locale));
    expect(rest).toEqual([]);
    expect(only).toMatch(/^prompts\/.*\/tiny\.yaml:3:\d+ warning CF320 /);
    expect(only).toContain(`"${word}" reads like a key`);
  });

  it.each([
    ['a number of several digits', 'en-US', 'The 24-hour line, open 365 days, 7-up and all.'],
    ['a time, an amount, a number with a unit', 'en-US', 'From 9:30, for 1.50, at 1-800, a 5th and a 4x4.'],
    ['number words that are no keys', 'en-US', 'One of two things. Press one of these keys: is that the one?'],
    ['a plural of its own', 'en-US', '{digits, plural, =1 {Once} one {Once} other {# digits}}'],
    ['star and hash, which are not said by the menu', 'en-US', 'Press star to hear this again.'],
    ['number words in Spanish', 'es-ES', 'Pulse una de las dos teclas, o uno de los botones.'],
  ])('is not %s (%s)', (_what, locale, text) => {
    expect(found(menu(text, locale))).toEqual([]);
  });

  it('is told of options, too', () => {
    const files = {
      ...menu('What now?'),
      ...prompts('  more:\n    ask: "What now?"\n    more: "Again, press 1"\n    bye: "Enough"'),
    };
    expect(found(files)).toEqual([
      'prompts/en-US/tiny.yaml:5:25 warning CF320 "1" reads like a key, and menus say their keys by themselves.',
    ]);
  });

  it('is not told of questions that are no menus: they say what to press', () => {
    const files = {
      ...callflow('  number: { collect: number, digits: 1, save-as: Number, next: bye }'),
      ...prompts('  number: "Enter 1 for yes."'),
    };
    expect(found(files)).toEqual([]);
  });
});
