import { describe, expect, it } from 'vitest';
import {
  attemptOf,
  begin,
  CALL,
  challengeOf,
  claimOf,
  consumeOf,
  LEASE,
  MINUTE,
  mustWin,
  OTHER_START,
  reply,
  saveOf,
  SECOND,
  sendOf,
  START,
  T0,
  take,
  tally,
  turn,
  ACCOUNT,
  type Opened,
} from './caller.ts';

/** A start by a platform that names its requests. */
const returning = (token: string) => ({ type: 'start', test: false, to: '+12025550100', token }) as const;

export function startRules(opened: () => Opened): void {
  describe('a start', () => {
    it('of an unknown call opens it with its first entry', async () => {
      const { store } = opened();
      expect(await store.claimTurn(claimOf(START))).toMatchObject({
        kind: 'won',
        call: null,
        entry: 1,
        takenOver: false,
        task: null,
      });
      expect(await store.phaseOf(CALL, T0)).toBe('active');
    });

    it('that 50 requests claim at once has one winner, and whoever dies is taken over', async () => {
      const { store } = opened();
      const answers = await Promise.all(Array.from({ length: 50 }, () => store.claimTurn(claimOf(START))));
      expect(tally(answers)).toEqual({ won: 1, busy: 49 });
      const late = claimOf(START, { now: T0 + LEASE });
      expect(await store.claimTurn(late)).toMatchObject({ kind: 'won', call: null, entry: 1, takenOver: true });
    });

    it('repeated while the entry stands at its first turn gets the stored reply, also when that reply ended the call', async () => {
      const { store } = opened();
      await take(store, claimOf(START), { body: 'welcome', phase: 'ended', nonce: '' });
      expect(await store.claimTurn(claimOf(START))).toEqual({ kind: 'saved', reply: reply('welcome') });
    });

    it('repeated when the entry is further on learns the current turn, and after the end hears that it ended', async () => {
      const { store } = opened();
      const first = await begin(store);
      const nonce = await take(store, claimOf(turn(first)));
      expect(await store.claimTurn(claimOf(START))).toEqual({ kind: 'moved', nonce });
      await store.endCall(CALL, T0, 'completed');
      expect(await store.claimTurn(claimOf(START))).toEqual({ kind: 'ended' });
      expect(await store.claimTurn(claimOf(OTHER_START))).toEqual({ kind: 'ended' });
    });

    it('after the last entry left by a redirect opens another entry of the same call (G56)', async () => {
      const { store } = opened();
      const first = await begin(store);
      await take(store, claimOf(turn(first)), { phase: 'away', nonce: '' });
      expect(await store.claimTurn(claimOf(turn('')))).toEqual({ kind: 'unknown' });
      const claim = claimOf(START);
      const won = mustWin(await store.claimTurn(claim));
      expect(won).toMatchObject({ entry: 2, takenOver: false, call: { phase: 'away', entry: 1, turns: 2 } });
      expect(await store.claimTurn(claimOf(START))).toEqual({ kind: 'busy' });
      expect(await store.saveTurn(saveOf(claim, won, { body: 'back again' }))).toEqual({ kind: 'saved' });
      expect(await store.claimTurn(claimOf(START))).toEqual({ kind: 'saved', reply: reply('back again') });
      expect(await store.readCall(CALL)).toMatchObject({ phase: 'active', entries: 2, turns: 3 });
    });

    it('after a redirect is a return also where it looks like the start that was answered by it', async () => {
      const { store } = opened();
      const first = claimOf(START, { input: returning('first') });
      await take(store, first, { body: 'gone at once', phase: 'away', nonce: '' });
      const repeat = claimOf(START, { input: returning('first') });
      expect(await store.claimTurn(repeat)).toEqual({ kind: 'saved', reply: reply('gone at once') });
      const second = claimOf(START, { input: returning('second') });
      expect(await store.claimTurn({ ...second, onlyKnown: true })).toEqual({ kind: 'unclaimed' });
      await take(store, second, { body: 'gone again', phase: 'away', nonce: '' });
      for (const [token, body] of [
        ['first', 'gone at once'],
        ['second', 'gone again'],
      ] as const)
        expect(await store.claimTurn(claimOf(START, { input: returning(token) }))).toEqual({
          kind: 'saved',
          reply: reply(body),
        });
      expect(await store.readCall(CALL)).toMatchObject({ phase: 'away', entries: 2, turns: 2 });
    });

    it('after a redirect, without a name of its own, is a repeat for a minute and a return from then on', async () => {
      const { store } = opened();
      await take(store, claimOf(START), { body: 'gone at once', phase: 'away', nonce: '' });
      const soon = claimOf(START, { now: T0 + 59 * SECOND });
      expect(await store.claimTurn(soon)).toEqual({ kind: 'saved', reply: reply('gone at once') });
      const later = claimOf(START, { now: T0 + 59 * SECOND + MINUTE });
      expect(await store.claimTurn(later)).toMatchObject({ kind: 'won', entry: 2 });
    });

    it('after a redirect may be of another callflow; whoever dies in it is taken over', async () => {
      const { store } = opened();
      await take(store, claimOf(START), { phase: 'away', nonce: '' });
      expect(mustWin(await store.claimTurn(claimOf(OTHER_START))).entry).toBe(2);
      const heir = claimOf(OTHER_START, { now: T0 + LEASE });
      expect(await store.claimTurn(heir)).toMatchObject({ kind: 'won', entry: 2, takenOver: true });
    });

    it('keeps grants and the count of sends over the entries of a call (G56)', async () => {
      const { store } = opened();
      await begin(store);
      await store.chargeSend(sendOf());
      const challenge = challengeOf();
      await store.openChallenge(challenge);
      await store.chargeAttempt(attemptOf());
      await store.consumeChallenge(consumeOf(challenge.id));
      const won = mustWin(await store.claimTurn(claimOf(OTHER_START)));
      expect(won.call).toMatchObject({ sends: 1, attempts: 1 });
      expect([won.verified(ACCOUNT), won.verified('somebody else')]).toEqual([true, false]);
    });

    it('with another callflow or query abandons the active entry and voids its code', async () => {
      const { store } = opened();
      await begin(store);
      await store.openChallenge(challengeOf());
      const claim = claimOf(OTHER_START);
      const won = mustWin(await store.claimTurn(claim));
      expect(won).toMatchObject({ entry: 2, call: { phase: 'active', entry: 1, turns: 1 } });
      expect(await store.chargeAttempt(attemptOf())).toEqual({ kind: 'finished' });
      await store.saveTurn(saveOf(claim, won, { body: 'the other callflow' }));
      expect(await store.claimTurn(claimOf(OTHER_START))).toEqual({
        kind: 'saved',
        reply: reply('the other callflow'),
      });
      const again = mustWin(await store.claimTurn(claimOf(START)));
      expect(again.entry).toBe(3);
    });

    it('whose claim was not saved yet is found again by its repeat', async () => {
      const { store } = opened();
      await begin(store);
      mustWin(await store.claimTurn(claimOf(OTHER_START)));
      expect(await store.claimTurn(claimOf(OTHER_START))).toEqual({ kind: 'busy' });
      const heir = claimOf(OTHER_START, { now: T0 + LEASE });
      const won = mustWin(await store.claimTurn(heir));
      expect(won).toMatchObject({ entry: 2, takenOver: true });
      expect(await store.saveTurn(saveOf(heir, won))).toEqual({ kind: 'saved' });
    });

    it('that lost to another start of the same entry is moved when saving, and later opens an entry of its own', async () => {
      const { store } = opened();
      await begin(store);
      const third = { kind: 'start', callflow: 'third', query: '' } as const;
      const loser = claimOf(third);
      const loserWon = mustWin(await store.claimTurn(loser));
      const nonce = await take(store, claimOf(OTHER_START));
      expect(await store.saveTurn(saveOf(loser, loserWon))).toEqual({ kind: 'moved', nonce });
      expect(await store.claimTurn(claimOf(third))).toEqual({ kind: 'busy' });
      const late = claimOf(third, { now: T0 + LEASE });
      expect(await store.claimTurn(late)).toMatchObject({ kind: 'won', entry: 3, takenOver: false });
    });

    it('is only looked at where it may not open anything: nothing is claimed or given up', async () => {
      const { store } = opened();
      const look = { onlyKnown: true } as const;
      expect(await store.claimTurn(claimOf(START, look))).toEqual({ kind: 'unknown' });
      const first = await take(store, claimOf(START), { body: 'welcome' });
      await store.openChallenge(challengeOf());
      expect(await store.claimTurn(claimOf(START, look))).toEqual({ kind: 'saved', reply: reply('welcome') });
      expect(await store.claimTurn(claimOf(OTHER_START, look))).toEqual({ kind: 'unclaimed' });
      expect(await store.chargeAttempt(attemptOf())).toMatchObject({ kind: 'charged' });
      const nonce = await take(store, claimOf(turn(first)));
      expect(await store.claimTurn(claimOf(START, look))).toEqual({ kind: 'moved', nonce });
      await take(store, claimOf(turn(nonce)), { phase: 'away', nonce: '' });
      expect(await store.claimTurn(claimOf(START, look))).toEqual({ kind: 'unclaimed' });
      await store.endCall(CALL, T0, 'completed');
      expect(await store.claimTurn(claimOf(START, look))).toEqual({ kind: 'ended' });
    });

    it('may keep its reply alone, for its repeats', async () => {
      const { store } = opened();
      const first = claimOf(START);
      const { update: _, ...save } = saveOf(first, mustWin(await store.claimTurn(first)), { body: 'sorry' });
      expect(await store.saveTurn(save)).toEqual({ kind: 'saved' });
      expect(await store.claimTurn(claimOf(START))).toEqual({ kind: 'saved', reply: reply('sorry') });
      const other = claimOf(OTHER_START);
      const { update: __, ...second } = saveOf(other, mustWin(await store.claimTurn(other)), { body: 'sorry too' });
      expect(await store.saveTurn(second)).toEqual({ kind: 'saved' });
      expect(await store.claimTurn(claimOf(OTHER_START))).toEqual({ kind: 'saved', reply: reply('sorry too') });
    });
  });
}
