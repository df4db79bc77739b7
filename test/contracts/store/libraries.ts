import { describe, expect, it } from 'vitest';
import type { LibraryTexts } from '../../../src/core/callflow/library.ts';
import {
  begin,
  CALL,
  claimOf,
  DAY,
  HOUR,
  LEASE,
  mustWin,
  OTHER_START,
  RETENTION,
  saveOf,
  START,
  T0,
  take,
  turn,
  type Opened,
} from './caller.ts';

const texts = (words: string): LibraryTexts => ({
  callflows: [{ file: 'callflows/main.yaml', text: `callflow: main # ${words} é\u2028\r\n` }],
  prompts: [{ file: 'prompts/en-US/main.yaml', text: `say: ${words}`, locale: 'en-US', callflow: 'main' }],
  builtins: { 'two-factor': 'callflow: two-factor' },
  defaultLocale: 'en-US',
});

const kept = (revision: string, now: number = T0) => ({ revision, texts: texts(revision), now });
const standsIn = (revision: string) => ({ place: { callflow: 'main', revision, block: 'menu', exit: null } });

/** Which of these the store still has. */
async function still({ store }: Opened, ...revisions: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(revisions.map((revision) => store.readLibrary(revision)));
  return revisions.filter((_, index) => found[index] !== null);
}

export function libraryRules(opened: () => Opened): void {
  describe('a library', () => {
    it('is read as it was kept, to the last character, and one that was never kept is not there', async () => {
      const { store } = opened();
      await store.keepLibrary(kept('r1'));
      await store.keepLibrary(kept('r2'));
      expect(await store.readLibrary('r1')).toEqual(texts('r1'));
      expect(await store.readLibrary('r2')).toEqual(texts('r2'));
      expect(await store.readLibrary('r3')).toBeNull();
    });

    it('that is kept again, by several at once, stays what it was', async () => {
      const { store } = opened();
      await Promise.all(Array.from({ length: 20 }, (_, n) => store.keepLibrary(kept('r1', T0 + n))));
      expect(await store.readLibrary('r1')).toEqual(texts('r1'));
      expect(await store.countRows()).toMatchObject({ libraries: 1 });
    });
  });

  describe('a sweep, of libraries', () => {
    it('removes what was not kept for an hour and no call needs; never the one kept last', async () => {
      const { store } = opened();
      await store.keepLibrary(kept('old'));
      await store.keepLibrary(kept('newest', T0 + 1));
      await store.sweep(T0 + HOUR - 1, RETENTION);
      expect(await still(opened(), 'old', 'newest')).toEqual(['old', 'newest']);
      await store.sweep(T0 + HOUR, RETENTION);
      expect(await still(opened(), 'old', 'newest')).toEqual(['newest']);
      await store.sweep(T0 + 365 * DAY, RETENTION);
      expect(await still(opened(), 'newest')).toEqual(['newest']);
    });

    it('takes the one that was kept again for the newer', async () => {
      const { store } = opened();
      await store.keepLibrary(kept('back', T0));
      await store.keepLibrary(kept('tried', T0 + 1));
      await store.keepLibrary(kept('back', T0 + 2));
      await store.sweep(T0 + DAY, RETENTION);
      expect(await still(opened(), 'back', 'tried')).toEqual(['back']);
    });

    it('leaves those of calls that go on, and of ended ones as long as their replies can be asked for', async () => {
      const { store } = opened();
      await store.keepLibrary(kept('old'));
      await store.keepLibrary(kept('newest', T0 + 1));
      const nonce = await take(store, claimOf(START), standsIn('old'));
      await store.sweep(T0 + 3 * HOUR, RETENTION);
      expect(await still(opened(), 'old')).toEqual(['old']);
      await take(store, claimOf(turn(nonce), { now: T0 + 3 * HOUR }), { ...standsIn('old'), phase: 'ended' });
      await store.sweep(T0 + 27 * HOUR - 1, RETENTION);
      expect(await still(opened(), 'old')).toEqual(['old']);
      await store.sweep(T0 + 27 * HOUR, RETENTION);
      expect(await still(opened(), 'old', 'newest')).toEqual(['newest']);
      expect(await store.readCall(CALL)).toMatchObject({ phase: 'ended', revision: 'old' });
    });

    it('lets go of the library of an entry that was given up for a newer one', async () => {
      const { store } = opened();
      await store.keepLibrary(kept('old'));
      await take(store, claimOf(START), standsIn('old'));
      await store.keepLibrary(kept('newest', T0 + 1));
      await take(store, claimOf(OTHER_START), standsIn('newest'));
      await store.sweep(T0 + HOUR, RETENTION);
      expect(await still(opened(), 'old', 'newest')).toEqual(['newest']);
    });

    it('leaves the one of a start that has not been saved yet: it was kept within the hour', async () => {
      const { store } = opened();
      await store.keepLibrary(kept('old'));
      const claim = claimOf(START, { now: T0 + HOUR - LEASE });
      const won = mustWin(await store.claimTurn(claim));
      await store.keepLibrary(kept('newest', claim.now));
      await store.sweep(T0 + HOUR - 1, RETENTION);
      await store.saveTurn(saveOf(claim, won, standsIn('old')));
      await store.sweep(T0 + HOUR, RETENTION);
      expect(await still(opened(), 'old')).toEqual(['old']);
    });

    it('clears more than one batch at a time', async () => {
      const { store } = opened();
      await begin(store);
      await Promise.all(Array.from({ length: 450 }, (_, n) => store.keepLibrary(kept(`r${n}`, T0 + n))));
      await store.sweep(T0 + DAY, RETENTION);
      expect(await store.countRows()).toMatchObject({ libraries: 2 });
      expect(await still(opened(), 'r1', 'r449')).toEqual(['r1', 'r449']);
    });
  });
}
