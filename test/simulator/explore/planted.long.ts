import { describe, expect, it } from 'vitest';
import { failures, SMS, WRONG } from './explored.ts';

const CALLS = 1_000;

describe('bugs in the engine are found, each by the shortest call that shows it', () => {
  it('sends that are not counted, though codes come', async () => {
    const found = await failures('forgetsSends', CALLS);
    const sends = found?.find(({ rule }) => rule === 'always: sends: { at-most: 3 }');
    expect(sends?.customer).toEqual(SMS);
    // Three more codes, each by two steps: asked for, or because the one before has run out.
    expect(sends?.steps).toHaveLength(6);
  });

  it('one send too many', async () => {
    const again = { press: 'send' };
    const found = await failures('sendsTooMany', CALLS);
    expect(found).toMatchObject([{ rule: 'always: sends: { at-most: 3 }', steps: [again, again, again] }]);
  });

  it('a code that may be guessed for ever', async () => {
    expect(await failures('neverTooMany', CALLS)).toEqual([
      { rule: 'always: attempts-per-code: { at-most: 3 }', customer: SMS, steps: [WRONG, WRONG, WRONG, WRONG] },
    ]);
  });

  it('any code is the right one', async () => {
    expect(await failures('anyCode', CALLS)).toEqual([
      { rule: 'always: success-needs-a-code', customer: SMS, steps: [WRONG] },
    ]);
  });

  it('a repeated request that gets another reply', async () => {
    expect(await failures('answersAnew', CALLS)).toMatchObject([
      { rule: 'a repeated request is answered as before', steps: ['repeat'] },
    ]);
  });

  it('something that throws', async () => {
    expect(await failures('throws', CALLS)).toMatchObject([{ rule: 'nothing breaks', steps: [] }]);
  });
});
