import { describe, expect, it } from 'vitest';
import { findingsOf } from './rule-findings.ts';

const line = (blocks: string, settings = ''): string => `
callflow: line
start: hello
${settings}
exits: { bye: { hang-up: true } }
blocks:
  hello: { say: hello, next: bye }
${blocks}`;

describe('CF212: a block that nothing leads to', () => {
  it.each([
    ['alone', '  lost: { say: lost, next: bye }', ['8:3 Nothing leads to the block "lost".']],
    ['that leads to itself', '  lost: { menu: lost, keys: { 1: lost } }', ['8:3 Nothing leads to the block "lost".']],
    [
      'in a region: once, at its first block, whichever way its arrows point',
      '  b: { say: b, next: bye }\n  c: { say: c, next: bye }\n  a: { menu: a, keys: { 1: b, 2: c } }',
      ['8:3 Nothing leads to the blocks "b", "c" and "a".'],
    ],
    [
      'in two regions that only share an exit: once for each',
      '  one: { say: one, next: bye }\n  two: { say: two, next: bye }',
      ['8:3 Nothing leads to the block "one".', '9:3 Nothing leads to the block "two".'],
    ],
    [
      'in a region that leads to blocks which are reached: those are not named',
      '  one: { say: one, next: two }\n  two: { say: two, next: hello }',
      ['8:3 Nothing leads to the blocks "one" and "two".'],
    ],
  ])('%s', (_what, blocks, found) => {
    expect(findingsOf('CF212', line(blocks))).toEqual(found);
  });

  it.each([
    ['the next of another block', 'lost: { say: lost, next: bye }', 'hello: { say: hello, next: lost }'],
    ['a key', 'lost: { say: lost, next: bye }', 'hello: { menu: hello, keys: { 1: lost } }'],
    [
      'key 0 by a setting',
      'lost: { say: lost, next: bye }',
      'hello: { menu: hello, keys: { 1: bye } }',
      '{ zero-is: lost }',
    ],
    [
      'a limit by a setting',
      'lost: { say: lost, next: bye }',
      'hello: { menu: hello, keys: { 1: bye } }',
      '{ limits: { silences: { then: lost } } }',
    ],
    [
      'the otherwise of a branch',
      'lost: { say: lost, next: bye }',
      'hello: { when: locale, is: { x: bye }, otherwise: lost }',
    ],
  ])('is none that %s leads to', (_what, lost, hello, settings = '{}') => {
    const yaml = line(`  ${lost}`, `settings: ${settings}`).replace('hello: { say: hello, next: bye }', hello);
    expect(findingsOf('CF212', yaml)).toEqual([]);
  });

  it('is one that a setting names, where no block takes the path', () => {
    expect(findingsOf('CF212', line('  lost: { say: lost, next: bye }', 'settings: { zero-is: lost }'))).toHaveLength(
      1,
    );
  });
});
