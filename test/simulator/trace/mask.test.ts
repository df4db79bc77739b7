import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskOf } from '../../../src/simulator/trace/mask.ts';

describe('a trace hides', () => {
  it.each([
    ['a code', 'Your code is 482913.', 'Your code is ••••••.'],
    ['a code that is read out', 'It is 4 8 2, 9 1 3', 'It is • • •, • • •'],
    ['a wrong code that would give it away', 'keys 593024', 'keys ••••••'],
    ['a number', '<Number>+12025550199</Number>', '<Number>…99</Number>'],
    ['a number in an address', 'https://a.test/?to=%2B12025550156', 'https://a.test/?to=…56'],
    ['an email address', 'mailto ana.maria@example.test now', 'mailto a…@example.test now'],
    ['an email address in an address', 'https://a.test/?e=ana%40example.test', 'https://a.test/?e=a…@example.test'],
    [
      'what a caller is handed over with',
      '<Redirect>https://a.test/next?verified=true&amp;Account=1001&amp;token=eyJ.a.b</Redirect>',
      '<Redirect>https://a.test/next?…</Redirect>',
    ],
    ['the headers of SIP', '<Sip>sip:agents@example.test?X-Token=abc</Sip>', '<Sip>sip:a…@example.test?…</Sip>'],
  ])('%s', (_what, text, shown) => {
    expect(maskOf(['482913']).text(text)).toBe(shown);
  });

  it.each(['Press 1.', 'https://a.test/voice/turn/abc?silence=1', 'the number ending in 5 6', 'A at example.test'])(
    'nothing else: %s',
    (text) => {
      expect(maskOf(['482913']).text(text)).toBe(text);
    },
  );

  it('every code, wherever it stands', () => {
    const code = fc.stringMatching(/^[0-9]{4,10}$/);
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 4 }), fc.string(), fc.string(), (codes, before, after) => {
        const mask = maskOf(codes);
        for (const each of codes) {
          expect(mask.text(before + each + after)).not.toContain(each);
          expect(mask.keys(each.split(''))).toEqual(each.split('').map(() => '•'));
        }
      }),
    );
  });
});
