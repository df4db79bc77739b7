import { describe, expect, it } from 'vitest';
import { HOUR, MINUTE, T0, type Opened } from './caller.ts';

const BUDGET = { name: 'lookups', value: '+12025550123', most: 2, within: HOUR };

/** Callers who ask about accounts (security.md 2). */
export function lookupRules(opened: () => Opened): void {
  const asks = (account: string, change: { readonly now?: number; readonly value?: string } = {}): Promise<boolean> => {
    const { now = T0, value = BUDGET.value } = change;
    return opened().store.chargeLookup({ account, budgets: [{ ...BUDGET, value }], now });
  };

  describe('the look-ups of a caller', () => {
    it('are counted by account: one that was asked about stays free, another one is refused', async () => {
      const answers = [];
      for (const account of ['1', '2', '1', '2', '3', '1', '4']) answers.push(await asks(account));
      expect(answers).toEqual([true, true, true, true, false, true, false]);
    });

    it('are those of this caller alone', async () => {
      for (const account of ['1', '2', '3']) await asks(account);
      expect(await asks('3', { value: '+12025550124' })).toBe(true);
    });

    it('come back with time', async () => {
      for (const account of ['1', '2']) await asks(account);
      expect(await asks('3', { now: T0 + HOUR - MINUTE })).toBe(false);
      expect(await asks('3', { now: T0 + HOUR + 2 * MINUTE })).toBe(true);
    });

    it('do not come back when the clock is set back', async () => {
      for (const account of ['1', '2']) await asks(account);
      expect(await asks('3', { now: T0 - 2 * HOUR })).toBe(false);
    });

    it('are at most so many under 40 requests at once', async () => {
      const answers = await Promise.all(Array.from({ length: 40 }, (_, account) => asks(String(account))));
      expect(answers.filter(Boolean)).toHaveLength(BUDGET.most);
    });
  });
}
