import { it } from 'vitest';
import { storeSuite } from '../../contracts/store.ts';
import { openedMemory } from './opened-memory.ts';

storeSuite(
  'memory',
  async () => openedMemory(),
  () => {
    it('holds nothing in the clear at rest', ({ skip }) => skip('nothing of it leaves the process'));
  },
);
