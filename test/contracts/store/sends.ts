import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  attemptOf,
  begin,
  CALL,
  challengeOf,
  chargeKey,
  claimOf,
  DAY,
  failTimes,
  HOUR,
  MINUTE,
  OTHER_START,
  SECOND,
  sendOf,
  T0,
  take,
  tally,
  type Opened,
} from './caller.ts';

const budget = { name: 'destination', value: '+12025550123', most: 5, within: 10 * MINUTE };

export function sendRules(opened: () => Opened): void {
  describe('a send', () => {
    it('is counted once under its key: a repeat learns that it was charged before', async () => {
      const { store } = opened();
      await begin(store);
      const charge = sendOf({ budgets: [{ ...budget, most: 1 }] });
      expect(await store.chargeSend(charge)).toEqual({ kind: 'charged', sends: 1 });
      expect(await store.chargeSend(charge)).toEqual({ kind: 'repeated' });
      expect(await store.readCall(CALL)).toMatchObject({ sends: 1 });
    });

    it('that was refused is refused again under the same key, whatever has changed', async () => {
      const { store } = opened();
      await begin(store);
      const key = chargeKey();
      expect(await store.chargeSend(sendOf({ key, most: 0 }))).toEqual({ kind: 'too-many' });
      expect(await store.chargeSend(sendOf({ key, most: 3 }))).toEqual({ kind: 'too-many' });
    });

    it('is limited per call over all its entries, under any number of parallel requests', async () => {
      const { store } = opened();
      await begin(store);
      await store.chargeSend(sendOf());
      await take(store, claimOf(OTHER_START));
      const answers = await Promise.all(Array.from({ length: 50 }, () => store.chargeSend(sendOf())));
      expect(tally(answers)).toEqual({ charged: 2, 'too-many': 48 });
      expect(await store.readCall(CALL)).toMatchObject({ sends: 3 });
    });

    it.each([0, Number.NaN, -1])('is refused when at most %s are allowed', async (most) => {
      await begin(opened().store);
      expect(await opened().store.chargeSend(sendOf({ most }))).toEqual({ kind: 'too-many' });
    });

    it.each([-1, 9_007_199_254_740_992])('is refused in a call with a corrupt count (%s)', async (sends) => {
      const { store, damage } = opened();
      await begin(store);
      await damage({ sends });
      expect(await store.chargeSend(sendOf())).toEqual({ kind: 'too-many' });
    });

    it('is refused in a call that is unknown or has ended', async () => {
      const { store } = opened();
      expect(await store.chargeSend(sendOf())).toEqual({ kind: 'too-many' });
      await begin(store);
      await store.endCall(CALL, T0, 'completed');
      expect(await store.chargeSend(sendOf())).toEqual({ kind: 'too-many' });
    });

    const spacing = 20 * SECOND;
    it.each([
      ['just before the spacing is over', 'too-soon', { now: T0 + spacing - 1 }],
      ['when the spacing is over', 'charged', { now: T0 + spacing }],
      ['for another account', 'charged', { account: 'other' }],
      ['by another method', 'charged', { method: 'voice' }],
      ['to another destination', 'charged', { destination: '+12025550199' }],
      ['without spacing', 'charged', { spacing: 0 }],
      ['too soon and too often', 'too-soon', { most: 0 }],
    ] as const)('after a live code, %s, is %s', async (_, kind, changes) => {
      const { store } = opened();
      await begin(store);
      await store.openChallenge(challengeOf());
      expect(await store.chargeSend(sendOf({ now: T0 + SECOND, spacing, ...changes }))).toMatchObject({ kind });
    });

    it.each([
      ['tried', (store: Opened['store']) => store.chargeAttempt(attemptOf())],
      ['closed', (store: Opened['store']) => store.closeChallenges(CALL, T0, 'send-failed')],
    ])('is not too soon after a code that was %s', async (_, spend) => {
      const { store } = opened();
      await begin(store);
      await store.openChallenge(challengeOf());
      await spend(store);
      expect(await store.chargeSend(sendOf({ spacing }))).toMatchObject({ kind: 'charged' });
    });

    it('to a locked account is refused before anything else is looked at', async () => {
      const { store } = opened();
      await begin(store);
      await failTimes(store, 10);
      await store.openChallenge(challengeOf());
      expect(await store.chargeSend(sendOf({ spacing, most: 0 }))).toEqual({ kind: 'locked' });
    });
  });

  describe('a budget', () => {
    it('is refused by name when used up, and a refused send uses none of the others', async () => {
      const { store } = opened();
      await begin(store);
      const global = { name: 'global', value: '', most: 1, within: HOUR };
      const none = { name: 'none', value: '', most: 0, within: HOUR };
      const refused = { kind: 'over-budget', budget: 'none' };
      expect(await store.chargeSend(sendOf({ budgets: [global, none] }))).toEqual(refused);
      expect(await store.chargeSend(sendOf({ budgets: [global] }))).toMatchObject({ kind: 'charged' });
      expect(await store.readCall(CALL)).toMatchObject({ sends: 1 });
    });

    it('counts for its name, value and window alone', async () => {
      const { store } = opened();
      await begin(store);
      const one = { ...budget, most: 1 };
      for (const other of [one, { ...one, value: 'x' }, { ...one, name: 'x' }, { ...one, within: DAY }]) {
        expect(await store.chargeSend(sendOf({ budgets: [other], most: 9 }))).toMatchObject({ kind: 'charged' });
        expect(await store.chargeSend(sendOf({ budgets: [other], most: 9 }))).toMatchObject({ kind: 'over-budget' });
      }
    });

    it('slides: never more than allowed in any window, and all of it again one window and a sixtieth later', async () => {
      const { store } = opened();
      await begin(store);
      const gaps = fc.array(fc.integer({ min: 0, max: 4 * MINUTE }), { minLength: 12, maxLength: 12 });
      const neverTooMany = fc.asyncProperty(gaps, fc.uuid(), async (steps, value) => {
        const sent: number[] = [];
        let now = T0;
        const within = (time: number) => sent.filter((at) => at > now - time).length;
        for (const step of steps) {
          now += step;
          const { kind } = await store.chargeSend(sendOf({ now, most: 1_000, budgets: [{ ...budget, value }] }));
          const full = within(budget.within) >= budget.most;
          const free = within(budget.within * (1 + 1 / 60)) < budget.most;
          if (full && kind !== 'over-budget') return false;
          if (free && kind !== 'charged') return false;
          if (kind === 'charged') sent.push(now);
        }
        return true;
      });
      expect(await fc.check(neverTooMany, { numRuns: 12 })).toMatchObject({ failed: false, counterexample: null });
    });

    it('keeps 61 rows however many sends it counts', async () => {
      const { store } = opened();
      await begin(store);
      for (let send = 0; send < 300; send += 1) {
        const now = T0 + send * SECOND;
        await store.chargeSend(sendOf({ now, most: 1_000, budgets: [{ ...budget, within: MINUTE, most: 1_000 }] }));
      }
      await store.sweep(T0 + 299 * SECOND, { auditMs: DAY });
      expect(await store.countRows()).toMatchObject({ budgets: 61 });
      await store.sweep(T0 + 400 * SECOND, { auditMs: DAY });
      expect(await store.countRows()).toMatchObject({ budgets: 0 });
    });

    it('is given back once when the connection was never accepted, and the count of the call is not', async () => {
      const { store } = opened();
      await begin(store);
      const charge = sendOf({ budgets: [{ ...budget, most: 2 }], most: 9 });
      await store.chargeSend(charge);
      await store.chargeSend({ ...charge, key: chargeKey() });
      await store.refundSend(charge.key, T0);
      await store.refundSend(charge.key, T0);
      await store.refundSend(chargeKey(), T0);
      const answers = [];
      for (let send = 0; send < 2; send += 1) answers.push(await store.chargeSend({ ...charge, key: chargeKey() }));
      expect(tally(answers)).toEqual({ charged: 1, 'over-budget': 1 });
      expect(await store.readCall(CALL)).toMatchObject({ sends: 3 });
      expect(await store.chargeSend(charge)).toEqual({ kind: 'repeated' });
    });

    it.each([-1, 9_007_199_254_740_992])('with a corrupt count (%s) is used up', async (used) => {
      const { store, damage } = opened();
      await begin(store);
      const later = sendOf({ now: T0 + MINUTE, budgets: [budget] });
      await store.chargeSend(sendOf({ budgets: [budget] }));
      await store.chargeSend({ ...later, key: chargeKey() });
      await damage({ used });
      expect(await store.chargeSend(later)).toMatchObject({ kind: 'over-budget' });
    });
  });

  describe('the audit trail of a send', () => {
    it('names method and mask, and the account only as a keyed hash', async () => {
      const { store, audit, keyring } = opened();
      await begin(store);
      await store.chargeSend(sendOf());
      const account = keyring.mac('account', [ACCOUNT]);
      expect(await audit()).toEqual([
        { call: CALL, at: T0, kind: 'send', account, method: 'sms', masked: '***23', detail: null },
      ]);
    });
  });
}
