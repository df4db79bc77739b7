/** Stores with the bugs that exploring is there to find: the checker refuses callflows that would have them. */
import type { OpenedMemory } from '../../../src/adapters/stores/memory/open-memory-store.ts';
import type { Store } from '../../../src/core/contracts/store.ts';

export const PLANTED = {
  /** A send is charged, and never counted. */
  forgetsSends: ({ store, memory }) => ({
    ...store,
    async chargeSend(charge) {
      const answer = await store.chargeSend(charge);
      const call = memory.calls.get(charge.key.call);
      if (call !== undefined && answer.kind === 'charged') call.sends -= 1;
      return answer;
    },
  }),
  /** The limit of sends is another one. */
  sendsTooMany: ({ store }) => ({ ...store, chargeSend: (charge) => store.chargeSend({ ...charge, most: 4 }) }),
  /** A code may be guessed for ever. */
  neverTooMany: ({ store }) => ({
    ...store,
    openChallenge: (challenge) => store.openChallenge({ ...challenge, attempts: 1_000 }),
  }),
  /** Any code is the right one. */
  anyCode: ({ store, memory }) => ({
    ...store,
    chargeAttempt({ key, account }) {
      const call = memory.calls.get(key.call);
      if (call !== undefined) call.grants = [account];
      return Promise.resolve({ kind: 'granted' });
    },
  }),
  /** The second time, a request gets another reply. */
  answersAnew: ({ store }) => ({
    ...store,
    async claimTurn(claim) {
      const claimed = await store.claimTurn(claim);
      return claimed.kind === 'saved' || claimed.kind === 'again' ? { kind: 'ended' } : claimed;
    },
  }),
  /** Something throws where nobody expects it. */
  throws: ({ store }) => ({ ...store, closeChallenge: () => Promise.reject(new Error('planted')) }),
} satisfies Readonly<Record<string, (opened: OpenedMemory) => Store>>;
