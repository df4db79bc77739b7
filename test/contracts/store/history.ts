import { describe, expect, it } from 'vitest';
import {
  attemptOf,
  begin,
  CALL,
  challengeOf,
  claimOf,
  consumeOf,
  DESTINATION,
  ACCOUNT,
  MINUTE,
  sendOf,
  SECOND,
  START,
  T0,
  take,
  type Opened,
} from './caller.ts';

const ALL = { since: T0 - MINUTE, most: 10 };

export function historyRules(opened: () => Opened): void {
  describe('what has happened', () => {
    it('lists the calls that began last, the newest first, so many of them', async () => {
      const { store } = opened();
      for (const [index, call] of ['CA1', 'CA2', 'CA3'].entries())
        await begin(store, { call, now: T0 + index * MINUTE });
      const listed = async (asked = ALL) => (await store.recentCalls(asked)).map(({ call }) => call);
      expect(await listed()).toEqual(['CA3', 'CA2', 'CA1']);
      expect(await listed({ ...ALL, most: 2 })).toEqual(['CA3', 'CA2']);
      expect(await listed({ ...ALL, since: T0 + MINUTE })).toEqual(['CA3', 'CA2']);
      expect(await listed({ ...ALL, since: T0 + 3 * MINUTE })).toEqual([]);
    });

    it('says of a call where it stands, and once it has ended when, and by which exit it left', async () => {
      const { store } = opened();
      await begin(store);
      const first = { call: CALL, callflow: 'main', block: 'menu', turns: 1, sends: 0, attempts: 0, startedAt: T0 };
      expect(await store.recentCalls(ALL)).toEqual([
        { ...first, phase: 'active', exit: null, lastSeenAt: T0, endedAt: null },
      ]);
      const place = { callflow: 'two-factor', revision: 'r1', block: '', exit: 'agent' };
      await take(store, claimOf(START, { call: 'CA2', now: T0 + SECOND }), { phase: 'ended', place });
      await store.endCall(CALL, T0 + MINUTE, 'completed');
      expect(await store.recentCalls(ALL)).toMatchObject([
        { call: 'CA2', callflow: 'two-factor', phase: 'ended', exit: 'agent', endedAt: T0 + SECOND },
        { ...first, phase: 'ended', exit: null, endedAt: T0 + MINUTE },
      ]);
      expect(await store.recentCalls({ ...ALL, exit: 'agent' })).toMatchObject([{ call: 'CA2' }]);
      expect(await store.recentCalls({ ...ALL, exit: 'success' })).toEqual([]);
    });

    it('tells the audit trail of one call, oldest first, without the account and the destination', async () => {
      const { store } = opened();
      await begin(store);
      await begin(store, { call: 'CA2' });
      await store.chargeSend(sendOf());
      const challenge = challengeOf();
      await store.openChallenge(challenge);
      await store.chargeAttempt(attemptOf({ now: T0 + SECOND }));
      await store.consumeChallenge(consumeOf(challenge.id, { now: T0 + SECOND }));
      await store.endCall(CALL, T0 + MINUTE, 'hang-up');
      const trail = await store.auditOf(CALL);
      const sent = { method: 'sms', masked: '***23' };
      expect(trail).toEqual([
        { at: T0, kind: 'send', ...sent },
        { at: T0 + SECOND, kind: 'attempt', ...sent },
        { at: T0 + SECOND, kind: 'grant', ...sent },
        { at: T0 + MINUTE, kind: 'end', detail: 'hang-up' },
      ]);
      for (const secret of [ACCOUNT, DESTINATION]) expect(JSON.stringify(trail)).not.toContain(secret);
      expect(await store.auditOf('CA2')).toEqual([]);
      expect(await store.auditOf('CA-unknown')).toEqual([]);
    });
  });
}
