import { describe, expect, it } from 'vitest';
import { graphOf } from '../../../src/core/callflow/graph.ts';
import { shippedLibrary } from '../support.ts';

const { callflow } = shippedLibrary().flow('two-factor') ?? expect.fail();
const { edges } = graphOf(callflow);
const limits = (block: string) =>
  Object.fromEntries(
    edges.filter(({ from, by }) => from === block && by === 'limit').map(({ path, to, most }) => [path, [to, most]]),
  );

describe('the graph of a callflow', () => {
  it.each([
    ['find-methods', { none: ['agent', undefined], locked: ['agent', undefined] }],
    ['send', { 'too-many': ['agent', 3], locked: ['agent', undefined] }],
    ['enter-code', { silences: ['agent', 3], 'wrong-keys': ['agent', 3] }],
    ['check', { 'too-many': ['agent', 3], 'no-send-left': ['agent', undefined], locked: ['agent', undefined] }],
  ])('says where the limits of %s lead, and how many they allow', (block, expected) => {
    expect(limits(block)).toEqual(expected);
  });

  it('a limit of a block takes the place of that of the settings', () => {
    const main = shippedLibrary().flow('main')?.callflow ?? expect.fail();
    expect(graphOf(main).edges.filter(({ from, by }) => from === 'anything-else' && by === 'limit')).toEqual([
      { from: 'anything-else', path: 'silences', to: 'success', by: 'limit', most: 1 },
      { from: 'anything-else', path: 'wrong-keys', to: 'agent', by: 'limit', most: 3 },
    ]);
  });

  it('only what a limit takes has a number', () => {
    expect(edges.filter(({ by, most }) => by !== 'limit' && most !== undefined)).toEqual([]);
  });
});
