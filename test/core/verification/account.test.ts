import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountOf, canonicalAccount } from '../../../src/core/verification/account.ts';

describe('the one spelling of an account', () => {
  it.each([
    ['12345', '12345'],
    ['  12345\n', '12345'],
    ['１２３４５', '12345'],
    ['\u00A012345\uFEFF', '12345'],
    ['012345', '012345'],
    ['Ana', 'Ana'],
    ['ana', 'ana'],
    ['①', '1'],
    ['', ''],
    [' \t ', ''],
  ])('%j counts as %j', (written, counted) => {
    expect(canonicalAccount(written)).toBe(counted);
  });

  it.each([
    ['a zero-width space', '12\u200b345'],
    ['a zero-width joiner at the end', '12345\u200d'],
    ['a soft hyphen', '123\u00ad45'],
    ['a mark that turns the writing', '\u202e12345'],
    ['a variation selector', '1\ufe0f2345'],
    ['a tag', '12345\u{e0031}'],
    ['a line break', '12\n345'],
    ['a NUL', '12345\0'],
    ['half a character', '12345\ud800'],
  ])('is nobody with %s in it, so that no spelling looks like another and counts apart', (_what, written) => {
    expect(canonicalAccount(written)).toBe('');
  });

  it('stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)) }), (written) => {
        const counted = canonicalAccount(written);
        expect(canonicalAccount(counted)).toBe(counted);
        expect(canonicalAccount(` ${written} `)).toBe(counted);
      }),
    );
  });

  it('is the variable that the callflow names, and nobody where it names none', () => {
    expect(accountOf({ account: 'Account' }, { variables: { Account: ' 12 ' } })).toBe('12');
    expect(accountOf({ account: 'Account' }, { variables: {} })).toBe('');
    expect(accountOf({ account: null }, { variables: { Account: '12' } })).toBe('');
  });
});
