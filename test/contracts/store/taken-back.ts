import { describe, expect, it } from 'vitest';
import type { AttemptCharge } from '../../../src/core/contracts/codes.ts';
import {
  ACCOUNT,
  attemptOf,
  begin,
  CALL,
  challengeOf,
  chargeKey,
  failTimes,
  HOUR,
  MINUTE,
  T0,
  withCode,
  type Opened,
} from './caller.ts';

export function takenBackRules(opened: () => Opened): void {
  describe('an attempt that nobody judged', () => {
    it('is taken back, the failure of the account with it, and once', async () => {
      const { store } = opened();
      await withCode(opened());
      await store.chargeAttempt(attemptOf());
      const charge = attemptOf();
      await store.chargeAttempt(charge);
      for (let n = 0; n < 3; n++) await store.refundAttempt(charge);
      expect(await store.readCall(CALL)).toMatchObject({ attempts: 1, challenges: [{ attempts: 1 }] });
      expect(await store.chargeAttempt(attemptOf())).toMatchObject({ kind: 'charged', attempt: 2, failures: 2 });
    });

    it('that was taken back is counted anew when its turn is taken over', async () => {
      const { store } = opened();
      await withCode(opened());
      const charge = attemptOf();
      await store.chargeAttempt(charge);
      await store.refundAttempt(charge);
      expect(await store.chargeAttempt(charge)).toMatchObject({ kind: 'charged', attempt: 1, failures: 1 });
      expect(await store.readCall(CALL)).toMatchObject({ attempts: 1 });
    });

    it('that was never charged, or was refused, is not taken back', async () => {
      const { store } = opened();
      await withCode(opened(), { attempts: 1 });
      await store.chargeAttempt(attemptOf());
      const refused = attemptOf();
      expect(await store.chargeAttempt(refused)).toEqual({ kind: 'too-many' });
      for (const charge of [refused, attemptOf()]) expect(await store.refundAttempt(charge)).toBe(false);
      expect(await store.readCall(CALL)).toMatchObject({ attempts: 1, challenges: [{ attempts: 1 }] });
    });

    it('taken back by 20 requests at once is taken back once', async () => {
      const { store } = opened();
      await withCode(opened());
      await store.chargeAttempt(attemptOf());
      const charge = attemptOf();
      await store.chargeAttempt(charge);
      const race = await Promise.all(Array.from({ length: 20 }, () => store.refundAttempt(charge)));
      expect(race.filter(Boolean)).toHaveLength(1);
      expect(await store.readCall(CALL)).toMatchObject({ attempts: 1 });
    });

    it('is taken back ten times in 24 h for an account, over all of its calls, and then stays used', async () => {
      const { store } = opened();
      const unjudged = async (call: string, at: Pick<AttemptCharge, 'account' | 'now'>) => {
        await begin(store, { call, now: at.now });
        await store.openChallenge(
          challengeOf({ call, account: at.account, issuedAt: at.now, expiresAt: at.now + MINUTE }),
        );
        const charge = attemptOf({ key: chargeKey({ call }), ...at });
        await store.chargeAttempt(charge);
        return store.refundAttempt(charge);
      };
      const mine = { account: ACCOUNT, now: T0 };
      const taken: boolean[] = [];
      for (let n = 0; n < 12; n++) taken.push(await unjudged(`CA-${n}`, mine));
      expect(taken).toEqual([...Array<boolean>(10).fill(true), false, false]);
      expect(await unjudged('CA-other', { account: 'other', now: T0 })).toBe(true);
      expect(await unjudged('CA-later', { account: ACCOUNT, now: T0 + 25 * HOUR })).toBe(true);
    });

    it('that is taken back after a lock has ended does not bring the lock back', async () => {
      const { store } = opened();
      await begin(store);
      await failTimes(store, 10);
      const now = T0 + 30 * MINUTE;
      await store.openChallenge(challengeOf({ issuedAt: now, expiresAt: now + MINUTE }));
      const charge = attemptOf({ now });
      expect(await store.chargeAttempt(charge)).toMatchObject({ kind: 'charged', failures: 11 });
      await store.refundAttempt(charge);
      expect(await store.accountLocked(ACCOUNT, now)).toBe(false);
      expect(await store.chargeAttempt(attemptOf({ now }))).toMatchObject({ kind: 'charged', failures: 11 });
    });

    it('that is taken back while another has locked the account leaves it one failure short of the lock', async () => {
      const { store } = opened();
      await begin(store);
      await failTimes(store, 8);
      const charge = attemptOf();
      await store.chargeAttempt(charge);
      await failTimes(store, 1);
      expect(await store.accountLocked(ACCOUNT, T0)).toBe(true);
      await store.refundAttempt(charge);
      expect(await store.accountLocked(ACCOUNT, T0)).toBe(false);
      await failTimes(store, 1);
      expect(await store.accountLocked(ACCOUNT, T0 + 30 * MINUTE - 1)).toBe(true);
    });
  });
}
