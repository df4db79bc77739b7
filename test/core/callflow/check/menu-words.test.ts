import { describe, expect, it } from 'vitest';
import { check, filesWith } from '../../../docs/examples.ts';
import { found, says, type Files } from './overlay.ts';

describe('CF325: the sentence of a menu', () => {
  const withItem = (item: string): Files => ({
    ...says('"Hello."'),
    'prompts/en-US/tiny.yaml': `locale: en-US\nmenu-item: ${item}\nprompts: { hello: a }`,
  });

  it.each([
    ['without the key', '"{option}."', '`menu-item` has no {key}: callers would not hear which key to press.'],
    [
      'without the option',
      '"Press {key}."',
      '`menu-item` has no {option}: callers would not hear what the key is for.',
    ],
  ])('%s', (_what, item, message) => {
    expect(found(withItem(item))).toEqual([`prompts/en-US/tiny.yaml:2:12 error CF325 ${message}`]);
  });

  it('with a mistyped name is told as such, once', () => {
    expect(found(withItem('"{option}, press {kye}."')).map((each) => each.split(' ')[2])).toEqual(['CF309']);
  });

  it('may have its own order', () => {
    expect(found(withItem('"{key}: {option}."'))).toEqual([]);
  });
});

describe('CF326: menus in another language than English', () => {
  const standard = (locale: string, taken: RegExp): ReadonlyMap<string, string> => {
    const files = new Map(filesWith([]));
    const lines = (files.get('prompts/es-ES/standard.yaml') ?? '').split('\n').filter((line) => !taken.test(line));
    files.set(`prompts/${locale}/standard.yaml`, lines.join('\n').replace('es-ES', locale));
    return files;
  };

  it.each([
    ['key-names', /^key-names/, 'key-names is not written in fr-FR'],
    ['zero-item', /^zero-item/, 'zero-item is not written in fr-FR'],
    ['all three', /^(?:key-names|zero-item|menu-item)/, 'menu-item, zero-item and key-names are not written in fr-FR'],
  ])('need %s', (_what, taken, told) => {
    const { findings } = check(standard('fr-FR', taken));
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      `CF326 The menus would be partly English: ${told}.`,
    ]);
  });

  it.each(['en-GB', 'en-AU'])('%s has them built in', (locale) => {
    expect(check(standard(locale, /^(?:key-names|zero-item|menu-item)/)).findings).toEqual([]);
  });
});
