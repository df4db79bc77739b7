import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { similar } from '../../../src/core/callflow/similar.ts';

describe('did you mean', () => {
  it.each([
    ['agnet', ['agent', 'error'], 'agent'],
    ['nxt', ['next', 'say'], 'next'],
    ['Next', ['next'], 'next'],
    ['twofactor', ['main', 'two-factor'], 'two-factor'],
    ['choose-metod', ['choose-method', 'collect'], 'choose-method'],
    ['hangup', ['returns', 'hang-up'], 'hang-up'],
    ['find', ['find-methods', 'link'], 'find-methods'],
    ['method', ['choose-method', 'collect'], 'choose-method'],
    ['code', ['send-code', 'verify-code'], undefined],
    ['send-the-code', ['send-code', 'say'], 'send-code'],
    ['buy', ['sell'], undefined],
    ['A', ['0', '1'], undefined],
    ['x', [], undefined],
    ['completely-different', ['agent', 'error'], undefined],
  ])('%s among %j: %s', (written, known, meant) => {
    expect(similar(written, known)).toBe(meant);
  });

  it('takes no time among a thousand names, however long the name is', () => {
    const known = Array.from({ length: 1_000 }, (_, n) => `block-${n}`);
    expect(similar('x'.repeat(60_000), known)).toBeUndefined();
    expect(similar('blokc-500', known)).toBe('block-500');
  });

  it('a name itself, when it is there, and one with two neighbours swapped', () => {
    const name = fc.stringMatching(/^[a-z]{4,12}$/);
    fc.assert(
      fc.property(name, fc.nat(), (written, at) => {
        const i = at % (written.length - 1);
        const swapped = written.slice(0, i) + written.charAt(i + 1) + written.charAt(i) + written.slice(i + 2);
        expect(similar(written, [written])).toBe(written);
        expect(similar(swapped, [written])).toBe(written);
      }),
    );
  });
});
