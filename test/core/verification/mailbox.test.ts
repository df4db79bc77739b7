import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalMailbox } from '../../../src/core/verification/mailbox.ts';

describe('exactly one mailbox', () => {
  it.each([
    ['ann@example.com', 'ann@example.com'],
    [' ann@example.com ', 'ann@example.com'],
    ['Ann.Lee+codes@Example.COM', 'Ann.Lee+codes@example.com'],
    ["o'neil_1@mail.example.co.uk", "o'neil_1@mail.example.co.uk"],
    ['ann@xn--bcher-kva.example', 'ann@xn--bcher-kva.example'],
    ['a@1.example', 'a@1.example'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
  ])('%j counts as %j', (written, canonical) => {
    expect(canonicalMailbox(written)).toBe(canonical);
  });

  it.each([
    '',
    ' ',
    'ann',
    '@example.com',
    'ann@',
    'ann@@example.com',
    'ann@example.com@evil.example',
    'ann@example.com,eve@evil.example',
    'ann@example.com;eve@evil.example',
    'ann@example.com eve@evil.example',
    'ann@example.com\r\nBcc: eve@evil.example',
    'ann@example.com\n',
    '\rann@example.com',
    'ann\0@example.com',
    'ann\t@example.com',
    'Ann <ann@example.com>',
    '<ann@example.com>',
    'friends: ann@example.com, eve@evil.example;',
    '"ann"@example.com',
    '"a b"@example.com',
    'ann(comment)@example.com',
    'ann@example.com (Ann)',
    'ann\\@evil.example',
    '.ann@example.com',
    'ann.@example.com',
    'an..n@example.com',
    'ann@localhost',
    'ann@example',
    'ann@127.0.0.1',
    'ann@[127.0.0.1]',
    'ann@.example.com',
    'ann@example..com',
    'ann@example.com.',
    'ann@-example.com',
    'ann@example-.com',
    'ann@exam_ple.com',
    'ann@bücher.example',
    'änn@example.com',
    'ann＠example.com',
    `${'a'.repeat(65)}@example.com`,
    `ann@${'a'.repeat(64)}.com`,
    `ann@${'abcdefghi.'.repeat(25)}com`,
  ])('%j is none', (written) => {
    expect(canonicalMailbox(written)).toBeNull();
  });

  it('is its own canonical spelling, whatever was written', () => {
    const written = fc.oneof(
      fc.string(),
      fc.emailAddress(),
      fc.string({ unit: fc.constantFrom(...'ab@.,;<>"( )\r\n\\'.split('')) }),
    );
    fc.assert(
      fc.property(written, (each) => {
        const canonical = canonicalMailbox(each) ?? 'ann@example.com';
        expect(canonical).not.toMatch(/[\s,;:<>()"\\]/);
        expect(canonicalMailbox(canonical)).toBe(canonical);
      }),
    );
  });
});
