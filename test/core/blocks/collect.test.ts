import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowOf, Talk } from '../support.ts';

function asks(digits: string, options: { readonly star?: boolean; readonly codeDigits?: number } = {}): Talk {
  const yaml = `
callflow: line
start: number
settings: { code: { digits: ${options.codeDigits ?? 6} }, limits: { wrong-keys: { most: 10 } } }
exits: { agent: { hang-up: true }, more: { hang-up: true } }
blocks:
  number: { collect: number, digits: ${digits}, save-as: Number, next: got${options.star === true ? ', star: more' : ''} }
  got: { menu: got, keys: { 1: number } }`;
  return new Talk(flowOf(yaml)).opens('line');
}

/** What an entry means, in one word. */
function meaning(talk: Talk, entry: string): string {
  talk.presses(entry);
  if (talk.exit !== null) return 'star';
  if (talk.block === 'got') return 'taken';
  return talk.top.facts.partial === '' ? 'wrong' : 'kept';
}

describe('how many digits an entry has', () => {
  it.each([
    ['6', '123456', 'taken'],
    ['6', '000000', 'taken'],
    ['6', '12345', 'kept'],
    ['6', '1234567', 'wrong'],
    ['6', '1'.repeat(65), 'wrong'],
    ['6', '12345*', 'wrong'],
    ['6', '*', 'wrong'],
    ['6', '12#456', 'wrong'],
    ['6', '１２３４５６', 'wrong'],
    ['1', '7', 'taken'],
    ['32', '9'.repeat(32), 'taken'],
    ['4-12', '1234', 'taken'],
    ['4-12', '123456789012', 'taken'],
    ['4-12', '123', 'wrong'],
    ['4-12', '1234567890123', 'wrong'],
    ['4-12', '1234*', 'wrong'],
    ['code', '123456', 'taken'],
    ['code', '12345', 'kept'],
  ])('digits: %s, entered %s: %s', (digits, entry, what) => {
    expect(meaning(asks(digits), entry)).toBe(what);
  });

  it.each([4, 6, 8, 10])('G62: `code` follows the number of digits of generated codes: %i', (codeDigits) => {
    const talk = asks('code', { codeDigits });
    expect(talk.listen).toEqual({ keys: codeDigits, finishOnKey: '#', wait: 8_000 });
    expect(meaning(talk, '1'.repeat(codeDigits))).toBe('taken');
  });

  it('a range listens for its most digits, and hash ends it earlier', () => {
    expect(asks('4-12').listen).toEqual({ keys: 12, finishOnKey: '#', wait: 8_000 });
  });

  it('only well-formed entries are ever taken', () => {
    const keys = fc.stringMatching(/^[\d*#]{1,14}$/);
    fc.assert(
      fc.property(keys, (entry) => {
        expect(meaning(asks('4-12'), entry) === 'taken').toBe(/^\d{4,12}$/.test(entry));
        expect(meaning(asks('6'), entry) === 'taken').toBe(/^\d{6}$/.test(entry));
      }),
      { numRuns: 50 },
    );
  });
});

describe('star while digits are typed', () => {
  it.each(['*', '*1', '12*', '12345*', '1*3456', '***', '1*34567890'])(
    '%s is the star path, wherever the star is',
    (entry) => {
      expect(meaning(asks('6', { star: true }), entry)).toBe('star');
    },
  );

  it('after the first digits were kept it is the star path, too', () => {
    const talk = asks('6', { star: true });
    expect(meaning(talk, '123')).toBe('kept');
    expect(meaning(talk, '*')).toBe('star');
  });

  it('0 and 9 are digits, not ways out', () => {
    expect(meaning(asks('6', { star: true }), '090909')).toBe('taken');
  });
});

describe('slow typists lose nothing', () => {
  it('the digits so far are kept, and the rest is listened for in silence, for the whole wait', () => {
    const talk = asks('6').presses('123');
    expect(talk.hears).toEqual([]);
    expect(talk.listen).toEqual({ keys: 3, finishOnKey: '#', wait: 8_000 });
    expect(talk.presses('45').listen.keys).toBe(1);
    expect(meaning(talk, '6')).toBe('taken');
    expect(talk.variables['Number']).toBe('123456');
  });

  it('too many in the end is one wrong key', () => {
    const talk = asks('6').presses('123');
    expect(meaning(talk, '4567')).toBe('wrong');
    expect(talk.hears).toEqual(['wrong-length', 'number']);
    expect(talk.top.facts).toMatchObject({ wrongKeys: 1, silences: 0 });
  });

  it('silence there makes it one wrong key, and no silence', () => {
    const talk = asks('6').presses('123').isSilent();
    expect(talk.hears).toEqual(['wrong-length', 'number']);
    expect(talk.top.facts).toMatchObject({ wrongKeys: 1, silences: 0, partial: '' });
    expect(talk.listen.keys).toBe(6);
  });

  it('however an entry is cut, it is the same entry', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{6}$/), fc.uniqueArray(fc.integer({ min: 1, max: 5 })), (entry, cuts) => {
        const ends = [...cuts.toSorted((a, b) => a - b), entry.length];
        const talk = asks('6').presses(...ends.map((end, index) => entry.slice(ends[index - 1] ?? 0, end)));
        expect(talk.block).toBe('got');
        expect(talk.variables['Number']).toBe(entry);
      }),
      { numRuns: 30 },
    );
  });

  it('a trailing hash can only follow an entry that ended by its number of keys', () => {
    expect(asks('6').presses('123456').move.full).toBe(true);
    expect(asks('6').presses('123').move.full).toBe(false);
    expect(asks('6').presses('123', '456').move.full).toBe(true);
    expect(asks('4-12').presses('1234').move.full).toBe(false);
  });
});

describe('the list of hypotheses (D10)', () => {
  it('has one entry, which is certain', () => {
    expect(asks('6').presses('012345').variables).toEqual({
      Number: '012345',
      Number_nbestLength: '1',
      Number_nbest1: '012345',
      Number_nbestConfidence1: '1.0',
      Number_nbestInputmode1: 'dtmf',
    });
  });

  it('is set for what was heard and did not fit', () => {
    expect(asks('4-12').presses('12').variables).toMatchObject({
      Number: '12',
      Number_nbest1: '12',
      Number_nbestLength: '1',
    });
    expect(asks('6').presses('123').isSilent().variables).toMatchObject({
      Number_nbest1: '123',
      Number_nbestLength: '1',
    });
  });

  it('is not there where nothing was heard', () => {
    expect(asks('6').isSilent().variables).toEqual({});
  });
});
