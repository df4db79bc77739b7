import { describe, expect, it } from 'vitest';
import { explored, failures, SMS, WRONG } from './explored.ts';

describe('a bug in the engine is found, by the shortest call that shows it', () => {
  it('a code that may be guessed for ever', async () => {
    expect(await failures('neverTooMany', 200)).toEqual([
      { rule: 'always: attempts-per-code: { at-most: 3 }', customer: SMS, steps: [WRONG, WRONG, WRONG, WRONG] },
    ]);
  });

  it('nothing is found where there is none', async () => {
    expect(await explored(null, { calls: 100 })).toMatchObject({ calls: 100, failures: [], interrupted: false });
  });
});
