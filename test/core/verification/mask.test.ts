import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked, maskedInWriting, maskedValues } from '../../../src/core/verification/mask.ts';

describe('what is said of a destination', () => {
  it.each([
    ['email', 'ana@example.com', { known: 'yes', first: 'A', domain: 'example.com', last2: '' }, 'a…@example.com'],
    ['email', 'ñandu@example.es', { known: 'yes', first: 'Ñ', domain: 'example.es', last2: '' }, 'ñ…@example.es'],
    ['email', '"a@b"@example.com', { known: 'yes', first: '"', domain: 'example.com', last2: '' }, '"…@example.com'],
    ['email', '😀na@example.com', { known: 'yes', first: '😀', domain: 'example.com', last2: '' }, '😀…@example.com'],
    ['sms', '+12025550156', { known: 'yes', first: '', domain: '', last2: '56' }, '…56'],
    ['voice', '+1 202 555-01-05', { known: 'yes', first: '', domain: '', last2: '05' }, '…05'],
    ['authenticator', '', { known: 'no', first: '', domain: '', last2: '' }, ''],
  ] as const)('%s %s', (method, destination, values, short) => {
    expect(maskedValues({ method, destination })).toMatchObject(values);
    expect(masked(destination)).toBe(short);
  });

  it.each([
    ['email', 'ana@example.com', 'A … @ example.com', 'a***@example.com'],
    ['sms', '+12025550156', '… 5 6', '***56'],
    ['authenticator', '', '', ''],
  ] as const)('L30: as one text, spoken and written: %s %s', (method, destination, spoken, written) => {
    expect(maskedValues({ method, destination }).destination).toBe(spoken);
    expect(maskedInWriting(destination)).toBe(written);
  });

  it.each([
    ['a number behind the at sign', 'x@+12025550156'],
    ['numbers on both sides of it', '12025550155@12025550156'],
    ['a number as the beginning of a domain', 'x@12025550156.example'],
    ['a number in digits of another alphabet', 'x@１２０２５５５０１５６.example'],
    ['a card number and words', 'x@pay 4111111111111111 now'],
    ['a sentence', 'x@your code is wrong. Call us at example.com'],
    ['markup', 'x@</Say><Redirect>https://evil.example</Redirect>'],
    ['a name and an address', 'Ana <ana@example.com>'],
    ['a domain literal', 'ana@[10.0.0.1]'],
    ['a domain in digits', 'ana@10.0.0.1'],
    ['a host without a domain', 'ana@localhost'],
    ['no domain', 'ana@'],
  ])('nothing of an address whose domain is none: %s', (_what, destination) => {
    expect(maskedValues({ method: 'email', destination })).toEqual({
      known: 'no',
      first: '',
      domain: '',
      last2: '',
      destination: '',
    });
    expect([masked(destination), maskedInWriting(destination)]).toEqual(['', '']);
  });

  it('the domain in letters of any alphabet', () => {
    expect(masked('ana@münchen.example')).toBe('a…@münchen.example');
    expect(masked('ana@例え.テスト')).toBe('a…@例え.テスト');
    expect(masked('ana@xn--mnchen-3ya.example')).toBe('a…@xn--mnchen-3ya.example');
    expect(masked('ana@163.example')).toBe('a…@163.example');
  });

  it('never more than the first character, the domain and two digits', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[qw]{4,20}$/), fc.stringMatching(/^\+\d{8,15}$/), (local, number) => {
        expect(masked(`${local}@example.com`)).not.toContain(local.slice(0, 2));
        expect(JSON.stringify(maskedValues({ method: 'email', destination: `${local}@x.test` }))).not.toContain(local);
        expect(masked(number)).toHaveLength(3);
        expect(maskedValues({ method: 'sms', destination: number })['last2']).toHaveLength(2);
      }),
    );
  });
});
