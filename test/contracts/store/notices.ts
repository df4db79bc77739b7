import { describe, expect, it } from 'vitest';
import type { NoticeCharge, NoticeFailure } from '../../../src/core/contracts/notices.ts';
import { ACCOUNT, attemptOf, begin, CALL, chargeKey, DAY, sendOf, T0, tally, withCode, type Opened } from './caller.ts';

const budget = { name: 'notices', value: 'ana@example.test', most: 1, within: DAY };

function noticeOf(changes: Partial<NoticeCharge> = {}): NoticeCharge {
  return {
    key: chargeKey(),
    now: T0,
    account: ACCOUNT,
    method: 'email',
    masked: 'a…@example.test',
    budgets: [],
    ...changes,
  };
}

function failureOf(notice: NoticeCharge, changes: Partial<NoticeFailure> = {}): NoticeFailure {
  return { ...notice, outcome: 'unreachable', accepted: false, ...changes };
}

export function noticeRules(opened: () => Opened): void {
  describe('a notice of a lock', () => {
    it('goes out once under its key, and the budgets are used once', async () => {
      const { store } = opened();
      await begin(store);
      const notice = noticeOf({ budgets: [{ ...budget, most: 2 }] });
      expect(await store.chargeNotice(notice)).toEqual({ kind: 'charged' });
      expect(await store.chargeNotice(notice)).toEqual({ kind: 'repeated' });
      expect(await store.chargeNotice({ ...notice, key: chargeKey() })).toEqual({ kind: 'charged' });
      expect(await store.chargeNotice({ ...notice, key: chargeKey() })).toMatchObject({ kind: 'over-budget' });
    });

    it('goes out once under 50 requests at once', async () => {
      const { store } = opened();
      await begin(store);
      const notice = noticeOf();
      const race = Array.from({ length: 50 }, () => store.chargeNotice(notice));
      expect(tally(await Promise.all(race))).toEqual({ charged: 1, repeated: 49 });
    });

    it('is not one too many for its budget under 50 requests at once', async () => {
      const { store } = opened();
      await begin(store);
      const race = Array.from({ length: 50 }, () => store.chargeNotice(noticeOf({ budgets: [budget] })));
      expect(tally(await Promise.all(race))).toEqual({ charged: 1, 'over-budget': 49 });
    });

    it('has the key of the attempt that has locked the account, and neither takes the other for a repeat', async () => {
      await withCode(opened());
      const { store } = opened();
      const { key } = attemptOf();
      await store.chargeAttempt(attemptOf({ key }));
      expect(await store.chargeNotice(noticeOf({ key }))).toEqual({ kind: 'charged' });
      expect(await store.chargeAttempt(attemptOf({ key }))).toMatchObject({ kind: 'charged', attempt: 1 });
    });

    it('is no send of the call, also when the call has ended', async () => {
      const { store } = opened();
      await begin(store);
      await store.endCall(CALL, T0, 'completed');
      expect(await store.chargeNotice(noticeOf())).toEqual({ kind: 'charged' });
      expect(await store.readCall(CALL)).toMatchObject({ sends: 0 });
    });

    it('shares its budgets with sends, by name, value and window', async () => {
      const { store } = opened();
      await begin(store);
      const hour = { ...budget, name: 'hour', value: '' };
      await store.chargeNotice(noticeOf({ budgets: [hour] }));
      expect(await store.chargeSend(sendOf({ budgets: [hour] }))).toEqual({ kind: 'over-budget', budget: 'hour' });
    });

    it('that was refused uses no budget, and is refused again under its key', async () => {
      const { store } = opened();
      await begin(store);
      const notice = noticeOf({ budgets: [budget, { ...budget, name: 'none', most: 0 }] });
      const refused = { kind: 'over-budget', budget: 'none' };
      expect(await store.chargeNotice(notice)).toEqual(refused);
      expect(await store.chargeNotice({ ...notice, budgets: [] })).toEqual(refused);
      expect(await store.chargeNotice(noticeOf({ budgets: [budget] }))).toEqual({ kind: 'charged' });
    });

    it.each([
      ['never accepted: its budgets are given back, once', false, { charged: 1, 'over-budget': 1 }],
      ['accepted: it may have arrived, and its budgets stay used', true, { 'over-budget': 2 }],
    ])('that has failed, the connection %s', async (_, accepted, expected) => {
      const { store } = opened();
      await begin(store);
      const notice = noticeOf({ budgets: [budget] });
      await store.chargeNotice(notice);
      await Promise.all([1, 2, 3].map(() => store.noticeFailed(failureOf(notice, { accepted }))));
      const again = [];
      for (let n = 0; n < 2; n += 1) again.push(await store.chargeNotice({ ...notice, key: chargeKey() }));
      expect(tally(again)).toEqual(expected);
      expect(await store.chargeNotice(notice)).toEqual({ kind: 'repeated' });
    });

    it('is in the audit trail with method and mask, and so is why one was not sent', async () => {
      const { store, audit, keyring } = opened();
      await begin(store);
      const notice = noticeOf();
      await store.chargeNotice(notice);
      await store.noticeFailed(failureOf(notice));
      await store.noticeFailed(failureOf(notice));
      await store.noticeFailed(failureOf(noticeOf()));
      await store.chargeNotice(noticeOf({ budgets: [{ ...budget, most: 0 }] }));
      const event = {
        call: CALL,
        at: T0,
        kind: 'notice',
        account: keyring.mac('account', [ACCOUNT]),
        method: 'email',
        masked: 'a…@example.test',
      };
      expect(await audit()).toEqual([
        { ...event, detail: null },
        { ...event, detail: 'not sent: unreachable' },
        { ...event, detail: 'not sent: budget notices' },
      ]);
    });
  });
}
