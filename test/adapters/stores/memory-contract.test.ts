import { expect, it } from 'vitest';
import { STORES } from '../../../src/adapters/stores/index.ts';
import { storeSuite } from '../../contracts/store.ts';
import { openedMemory } from './opened-memory.ts';

storeSuite(
  'memory',
  async () => openedMemory(),
  () => {
    it('holds nothing in the clear at rest', ({ skip }) => {
      skip('nothing of it leaves the process');
      expect.unreachable();
    });

    it('is offered to no operator: limits and locks would end with the process', () => {
      expect(STORES).not.toHaveProperty('memory');
    });
  },
);
