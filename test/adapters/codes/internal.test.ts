import * as fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createInternalCodes } from '../../../src/adapters/codes/internal.ts';
import type { CodeBinding, Keyring } from '../../../src/core/contracts.ts';

const keyring = (key: string): Keyring => ({
  mac: (purpose, parts) =>
    createHmac('sha256', key)
      .update(JSON.stringify([purpose, ...parts]))
      .digest('base64url'),
});
const codes = createInternalCodes(keyring('pepper'));
const binding: CodeBinding = { challenge: 'c1', call: 'CA1', account: '1001', method: 'email' };

describe('codes we make ourselves', () => {
  it.each([4, 6, 10])('G62: have %i decimal digits', (digits) => {
    const made = Array.from({ length: 200 }, () => codes.make(digits));
    expect(made.filter((code) => !/^\d+$/.test(code) || code.length !== digits)).toEqual([]);
  });

  it('begin with every digit, zero included', () => {
    const first = new Set(Array.from({ length: 1_000 }, () => codes.make(6)[0]));
    expect(first).toEqual(new Set('0123456789'));
  });

  it('are right for what they were made for', () => {
    expect(codes.matches(binding, codes.mac(binding, '012345'), '012345')).toBe(true);
  });

  it.each([
    ['challenge', { challenge: 'c2' }],
    ['call', { call: 'CA2' }],
    ['account', { account: '1002' }],
    ['method', { method: 'sms' }],
  ] as const)('are wrong for another %s', (_what, change) => {
    expect(codes.matches({ ...binding, ...change }, codes.mac(binding, '012345'), '012345')).toBe(false);
  });

  it('are wrong under another key', () => {
    expect(createInternalCodes(keyring('other')).matches(binding, codes.mac(binding, '012345'), '012345')).toBe(false);
  });

  it.each([
    '',
    '12345',
    '0123456',
    '012345012345',
    '０１２３４５',
    '012345\0',
    ' 012345',
    '+12345',
    '%00',
    '\u{d800}',
    '9'.repeat(10_000),
  ])('an entry of %j is wrong and no error', (entry) => {
    expect(codes.matches(binding, codes.mac(binding, '012345'), entry)).toBe(false);
  });

  it.each(['', 'x', '\u{d800}', 'é'.repeat(43)])('a kept hash of %j matches nothing and is no error', (kept) => {
    expect(codes.matches(binding, kept, '012345')).toBe(false);
  });

  it('only the very code is right', () => {
    const code = fc.integer({ min: 0, max: 999_999 }).map((n) => String(n).padStart(6, '0'));
    fc.assert(
      fc.property(code, code, (made, entered) => {
        expect(codes.matches(binding, codes.mac(binding, made), entered)).toBe(made === entered);
      }),
    );
  });
});
