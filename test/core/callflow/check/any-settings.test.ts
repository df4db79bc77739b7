import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { METHODS } from '../../../../src/core/method.ts';
import { check, filesWith } from '../../../docs/examples.ts';

describe('the words that come with Dialproof', () => {
  const files = filesWith([]);
  const text = files.get('callflows/two-factor.yaml') ?? '';

  it('suit every setting of the callflow: a designer who changes one need not touch them', () => {
    const methods = fc.shuffledSubarray([...METHODS], { minLength: 1 });
    const settings = fc.record({
      methods,
      digits: fc.integer({ min: 4, max: 10 }),
      minutes: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(settings, fc.constantFrom('en-US', 'es-ES'), ({ methods: chosen, digits, minutes }, locale) => {
        const changed = text
          .replace(/methods: \[.*?\]/, `methods: [${chosen.join(', ')}]`)
          .replace(/digits: 6/, `digits: ${digits}`)
          .replace(/lasts: 5m/, `lasts: ${minutes}m`);
        const { findings } = check(new Map([...files, ['callflows/two-factor.yaml', changed]]), locale);
        expect(findings.filter(({ code }) => code.startsWith('CF3'))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});
