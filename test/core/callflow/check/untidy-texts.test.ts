import { describe, expect, it } from 'vitest';
import { found, says } from './overlay.ts';

describe('CF328: a text that is empty or untidy', () => {
  it.each([
    ['an empty text', '""', '3:10 error CF328 This text is empty: callers would hear nothing.'],
    ['only spaces', '"  "', '3:10 error CF328 This text is empty: callers would hear nothing.'],
    [
      'a bell',
      String.raw`"Hello\a."`,
      '3:16 error CF328 This text holds a control character (U+0007), which is neither spoken nor sent.',
    ],
    [
      'a tab',
      String.raw`"Hello\tyou."`,
      '3:16 error CF328 This text holds a control character (U+0009), which is neither spoken nor sent.',
    ],
    [
      'a control character of the second row',
      String.raw`"Hello\x85you."`,
      '3:16 error CF328 This text holds a control character (U+0085), which is neither spoken nor sent.',
    ],
    ['a space at the beginning', '" Hello."', '3:10 warning CF328 This text begins or ends with a space.'],
    ['a space at the end', '"Hello. "', '3:17 warning CF328 This text begins or ends with a space.'],
  ])('%s', (_what, text, told) => {
    expect(found(says(text))).toEqual([`prompts/en-US/tiny.yaml:${told}`]);
  });

  it.each([
    ['letters of all kinds, emoji and all', '"Señor, ¿qué? 😀 — 你好"'],
    ['a block of lines', '|\n    Hello.\n\n    And goodbye.'],
    ['folded lines', '>\n    Hello\n    and goodbye.'],
    ['an empty choice', '"{digits, plural, =1 {} one {} other {Hello.}}"'],
  ])('is not %s', (_what, text) => {
    expect(found(says(text))).toEqual([]);
  });

  it('the names of keys are texts as well', () => {
    const files = {
      ...says('"Hello."'),
      'prompts/en-US/tiny.yaml': 'locale: en-US\nkey-names: { star: "", hash: pound }\nprompts: { hello: a }',
    };
    expect(found(files)).toEqual([
      'prompts/en-US/tiny.yaml:2:20 error CF328 This text is empty: callers would hear nothing.',
    ]);
  });
});
