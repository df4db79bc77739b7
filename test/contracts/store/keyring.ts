import { describe, expect, it } from 'vitest';
import { T0, type Opened } from './caller.ts';

export function keyringRules(opened: () => Opened): void {
  describe('the keyring', () => {
    it('gives each purpose a key of its own, and its parts cannot run into each other', () => {
      const { keyring } = opened();
      const macs = [
        keyring.mac('account', ['ab', 'c']),
        keyring.mac('account', ['a', 'bc']),
        keyring.mac('account', ['abc']),
        keyring.mac('account', ['abc', '']),
        keyring.mac('report', ['abc']),
      ];
      expect(new Set(macs).size).toBe(macs.length);
      expect(keyring.mac('report', ['abc'])).toBe(macs[4]);
      for (const mac of macs) expect(mac).toMatch(/^[\w-]{43}$/);
    });
  });

  describe('readiness', () => {
    it('is over once the store is closed, after everything asked before was done', async () => {
      const { store } = opened();
      let done = 0;
      for (let n = 0; n < 20; n += 1) void store.ready(T0).then(() => (done += 1));
      const closed = store.close();
      await expect(store.ready(T0)).rejects.toMatchObject({ code: 'store-unavailable' });
      await closed;
      expect(done).toBe(20);
    });
  });
}
