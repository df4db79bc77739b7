import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  attemptOf,
  begin,
  CALL,
  challengeOf,
  chargeKey,
  claimOf,
  consumeOf,
  DAY,
  failTimes,
  HOUR,
  LEASE,
  MINUTE,
  mustWin,
  reply,
  RETENTION,
  SECOND,
  sendOf,
  START,
  T0,
  take,
  turn,
  withCode,
  type Opened,
} from './caller.ts';

const PER_HOUR = { name: 'hour', value: '', most: 5, within: HOUR };

/** What is kept under a wall clock that jumps (security.md 2: nothing revives a code; nobody is locked out by it). */
export function clockRules(opened: () => Opened): void {
  const sends = async (now: number): Promise<string> =>
    (await opened().store.chargeSend(sendOf({ now, most: 1_000, budgets: [PER_HOUR] }))).kind;

  describe('a clock that is set back', () => {
    it.each([HOUR, DAY])(
      'by %i ms: a locked account rests for 30 minutes from when it is seen, and no less',
      async (by) => {
        const { store } = opened();
        await begin(store);
        await failTimes(store, 10);
        const seen = T0 - by;
        expect(await store.accountLocked(ACCOUNT, seen)).toBe(true);
        expect(await store.standingOf(ACCOUNT, seen)).toEqual({ failures: 10, lastFailureAt: seen });
        expect(await store.accountLocked(ACCOUNT, seen + 30 * MINUTE - 1)).toBe(true);
        expect(await store.accountLocked(ACCOUNT, seen + 30 * MINUTE)).toBe(false);
      },
    );

    it.each([HOUR, DAY])('by %i ms: what was sent ahead of it counts for one window, and no longer', async (by) => {
      await begin(opened().store);
      for (let n = 0; n < 5; n += 1) expect(await sends(T0 + n * 10 * MINUTE)).toBe('charged');
      const seen = T0 + 50 * MINUTE - by;
      expect(await sends(seen)).toBe('over-budget');
      expect(await sends(seen + HOUR - 1)).toBe('over-budget');
      for (let n = 0; n < 5; n += 1) expect(await sends(seen + HOUR + 2 * MINUTE)).toBe('charged');
      expect(await sends(seen + HOUR + 2 * MINUTE)).toBe('over-budget');
    });

    it('a code of the future is dead, and stays so when the clock is right again', async () => {
      const { store } = opened();
      const code = await withCode(opened());
      expect(await store.chargeAttempt(attemptOf({ now: T0 - 1 }))).toEqual({ kind: 'finished' });
      expect(await store.chargeAttempt(attemptOf({ now: T0 + MINUTE }))).toEqual({ kind: 'finished' });
      expect(await store.consumeChallenge(consumeOf(code, { now: T0 + MINUTE, deadline: T0 + HOUR }))).toEqual({
        kind: 'refused',
      });
    });

    it('the turn of a process that died is taken over at once; a correction by seconds takes nobody’s turn', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      const claim = claimOf(turn(nonce));
      await store.claimTurn(claim);
      const after = (now: number) => store.claimTurn(claimOf(claim.key, { now }));
      expect(await after(T0 - 5 * SECOND)).toEqual({ kind: 'busy' });
      expect(await after(T0 - DAY)).toMatchObject({ kind: 'won', takenOver: true });
      expect(await after(T0 - DAY + LEASE - 1)).toEqual({ kind: 'busy' });
    });

    it('whoever comes back from another application is not taken for a repeat of long ago', async () => {
      const { store } = opened();
      await take(store, claimOf(START), { body: 'gone at once', phase: 'away', nonce: '' });
      expect(await store.claimTurn(claimOf(START, { now: T0 - 59 * SECOND }))).toEqual({
        kind: 'saved',
        reply: reply('gone at once'),
      });
      expect(await store.claimTurn(claimOf(START, { now: T0 - HOUR }))).toMatchObject({ kind: 'won', entry: 2 });
    });
  });

  describe('a clock that is set forward', () => {
    it.each([4 * HOUR, DAY])(
      'by %i ms ends no call: its next webhook finds it, and 4 silent hours end it',
      async (by) => {
        const { store } = opened();
        const nonce = await begin(store);
        await store.sweep(T0, RETENTION);
        const ahead = T0 + by;
        expect(mustWin(await store.claimTurn(claimOf(turn(nonce), { now: ahead }))).call).toMatchObject({
          phase: 'active',
        });
        for (const since of [0, HOUR, 2 * HOUR, 3 * HOUR]) {
          for (const minute of [0, 20, 40]) await store.sweep(ahead + since + minute * MINUTE, RETENTION);
        }
        expect(await store.phaseOf(CALL, ahead + 4 * HOUR - 1)).toBe('active');
        await store.sweep(ahead + 4 * HOUR, RETENTION);
        expect(await store.readCall(CALL)).toMatchObject({ phase: 'ended' });
      },
    );

    it('a day: a call of which nothing is heard until the sweep goes on as well', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      for (const now of [T0, T0 + DAY, T0 + DAY + MINUTE]) await store.sweep(now, RETENTION);
      expect(await store.claimTurn(claimOf(turn(nonce), { now: T0 + DAY + 2 * MINUTE }))).toMatchObject({
        kind: 'won',
      });
    });

    it('a code whose time it has taken away is dead, and another one gets in', async () => {
      const { store } = opened();
      await withCode(opened());
      const now = T0 + HOUR;
      expect(await store.chargeAttempt(attemptOf({ now }))).toEqual({ kind: 'finished' });
      const challenge = challengeOf({ issuedAt: now, expiresAt: now + 5 * MINUTE });
      await store.openChallenge(challenge);
      const key = chargeKey();
      expect(await store.chargeAttempt(attemptOf({ now, key }))).toMatchObject({ kind: 'charged', failures: 1 });
      const consume = consumeOf(challenge.id, { key, now, deadline: now + SECOND });
      expect(await store.consumeChallenge(consume)).toEqual({ kind: 'granted' });
    });
  });
}
