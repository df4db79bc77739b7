import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitReadings } from '../../../src/core/call/spoken-digits.ts';

describe('the digits that spoken words may mean, best first (D10)', () => {
  it.each([
    ['en-US', 'one two three four', ['1234']],
    ['en-GB', 'Zero nine nought oh O', ['09000', '090']],
    ['en', 'five six seven eight', ['5678']],
    ['en-US', '1001', ['1001']],
    ['en-US', '1-0 0,1.', ['1001']],
    ['en-US', '10 01', ['1001']],
    ['en-US', 'one 2 three', ['123']],
    ['en-US', 'double five one', ['551']],
    ['en-US', 'triple zero seven', ['0007']],
    ['en-US', 'double 5 1', ['551']],
    ['en-US', 'double 51', ['551']],
    ['en-US', 'one two for', ['124', '12']],
    ['en-US', 'for one two', ['412', '12']],
    ['en-US', 'one to too', ['122', '1']],
    ['en-US', 'oh one two', ['012', '12']],
    ['en-US', 'double oh seven', ['007']],
    ['en-US', "It's one two, and then three, please.", ['123']],
    ['en-US', 'my account number is one two', ['12']],
    ['en-US', 'one two tree', []],
    ['en-US', 'twenty five', []],
    ['en-US', 'one hundred', []],
    ['en-US', 'double', []],
    ['en-US', 'double please five', []],
    ['en-US', 'double double five', []],
    ['en-US', 'to', ['2']],
    ['en-US', 'please', []],
    ['en-US', '', []],
    ['en-US', 'toString', []],
    ['es-ES', 'cero uno dos tres cuatro', ['01234']],
    ['es-MX', 'Cinco, seis, siete, ocho y nueve', ['56789']],
    ['es-ES', 'doble cinco triple cero', ['55000']],
    ['es-ES', 'mi número de cuenta es 1001', ['1001']],
    ['es-ES', 'one two', []],
    ['en-US', 'uno dos', []],
    ['fr-FR', '1 2 3', ['123']],
    ['fr-FR', 'un deux', []],
  ])('%s "%s": %j', (locale, spoken, readings) => {
    expect(digitReadings(spoken, locale)).toEqual(readings);
  });

  it('any words: digits and nothing else, and not more than any entry has', () => {
    const word = fc.constantFrom('one', 'oh', 'to', 'double', 'triple', 'please', '77', 'tree', '😀', '٣');
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ unit: 'binary' })), { maxLength: 100 }), (words) => {
        for (const reading of digitReadings(words.join(' '), 'en-US')) expect(reading).toMatch(/^\d{1,65}$/);
      }),
    );
  });

  it('digits said one by one are these digits', () => {
    const names = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,12}$/), (digits) => {
        const spoken = Array.from(digits, (digit) => names[Number(digit)]).join(' ');
        expect(digitReadings(spoken, 'en-US')).toEqual([digits]);
      }),
    );
  });
});
