import { describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';

describe('G62: the number of digits is one setting', () => {
  it.each([6, 8, 10])('%i: the code that is sent, what is said, and what is listened for', async (digits) => {
    const world = await World.open({
      edit: { 'callflows/two-factor.yaml': [['    digits: 6\n', `    digits: ${digits}\n`]] },
    });
    try {
      const caller = await world.caller().dials('two-factor', { AccountNumber: '1003' });
      expect(world.code).toHaveLength(digits);
      expect(caller.heard).toContain(`Enter the ${digits} digits now.`);
      expect(caller.gather.numDigits).toBe(digits);
      await caller.presses(world.code.slice(0, -1));
      expect(caller.gather.numDigits).toBe(1);
      await caller.presses(world.code.slice(-1));
      expect(await world.counts(caller)).toMatchObject({ exit: 'success', attempts: 1 });
    } finally {
      await world.close();
    }
  });
});
