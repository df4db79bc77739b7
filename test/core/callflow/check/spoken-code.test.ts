import { describe, expect, it } from 'vitest';
import { callflow, found, prompts, says, type Files } from './overlay.ts';

const VERIFY = callflow(
  `  enter: { collect: enter, digits: code, save-as: authCode, next: check }
  check: { verify-code: authCode, paths: { right: bye, wrong: wrong, finished: bye, error: bye } }
  wrong: { say: wrong, next: enter }`,
  'inputs: [Number]\naccount: Number\nexits: { bye: { hang-up: true } }',
);

function told(files: Files): readonly string[] {
  return found(files).map((each) => each.replace(/^\S+ /, ''));
}

describe('CF321: a code is not spoken in the call that asks for it', () => {
  it.each<[string, Files, string]>([
    ['the code', says('"It is {code}."'), 'A prompt does not speak {code}: whoever is on the line would hear it.'],
    [
      'the code, spelled out inside a choice',
      says('"{digits, plural, one {one} other {<digits>{code}</digits>}}"'),
      'A prompt does not speak {code}: whoever is on the line would hear it.',
    ],
    [
      'what was entered as one',
      { ...VERIFY, ...prompts('  enter: a\n  wrong: "{authCode} is wrong."') },
      'A prompt does not speak {authCode}, which callers enter as a code or a secret: whoever is near would hear it.',
    ],
    [
      'a reading of it',
      { ...VERIFY, ...prompts('  enter: a\n  wrong: "{authCode_nbest1} is wrong."') },
      'A prompt does not speak {authCode_nbest1}, which callers enter as a code or a secret: whoever is near would hear it.',
    ],
    [
      'a secret',
      {
        ...callflow(
          '  pin: { collect: pin, digits: 4, save-as: Pin, secret: true, next: said }\n  said: { say: said, next: bye }',
        ),
        ...prompts('  pin: a\n  said: "Your PIN is {Pin}."'),
      },
      'A prompt does not speak {Pin}, which callers enter as a code or a secret: whoever is near would hear it.',
    ],
  ])('%s', (_what, files, message) => {
    expect(told(files)).toEqual([`error CF321 ${message}`]);
  });

  it('a code of another kind, which callers enter themselves, may be read back', () => {
    const files = {
      ...callflow(
        '  parcel: { collect: parcel, digits: 4, save-as: code, next: said }\n  said: { say: said, next: bye }',
      ),
      ...prompts('  parcel: a\n  said: "Parcel {code}."'),
    };
    expect(told(files)).toEqual([]);
  });
});
