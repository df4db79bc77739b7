import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/core/contracts/store.ts';
import type { ClaimWon } from '../../../src/core/contracts/turns.ts';
import {
  ACCOUNT,
  attemptOf,
  begin,
  CALL,
  challengeOf,
  claimOf,
  consumeOf,
  LEASE,
  MINUTE,
  mustWin,
  SECOND,
  sendOf,
  T0,
  take,
  turn,
  type Opened,
} from './caller.ts';

const SENT = { report: 'the token' } as const;
const reportOf = (changes: Partial<Parameters<Store['reportFailed']>[0]> = {}) => ({
  method: 'sms' as const,
  token: SENT.report,
  now: T0 + SECOND,
  ...changes,
});

/** What the next turn of the call is told. */
async function nextTurn(store: Store, nonce: string, now = T0 + 2 * SECOND): Promise<ClaimWon> {
  return mustWin(await store.claimTurn(claimOf(turn(nonce), { now })));
}

/** How a code ends otherwise. */
const ENDS: readonly (readonly [what: string, happens: (store: Store, id: string) => Promise<unknown>])[] = [
  ['was closed', (store) => store.closeChallenges(CALL, T0, 'account-changed')],
  ['was replaced by a newer one', (store) => store.openChallenge(challengeOf())],
  ['was used', (store, id) => store.consumeChallenge(consumeOf(id))],
];

export function reportRules(opened: () => Opened): void {
  describe('a delivery report that says "failed"', () => {
    it('marks the live code of its send, and the next turn learns whose it is', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      await store.openChallenge(challengeOf(SENT));
      expect(await store.reportFailed(reportOf())).toBe(CALL);
      const won = await nextTurn(store, nonce);
      expect([won.undelivered(ACCOUNT), won.undelivered('another'), won.undelivered('')]).toEqual([true, false, false]);
    });

    it('is noted once, whatever is repeated, and 20 at a time', async () => {
      const { store, audit, keyring } = opened();
      await begin(store);
      await store.openChallenge(challengeOf(SENT));
      const answers = await Promise.all(Array.from({ length: 20 }, () => store.reportFailed(reportOf())));
      expect(answers.filter((call) => call !== null)).toEqual([CALL]);
      expect(await audit()).toEqual([
        {
          call: CALL,
          kind: 'report',
          at: T0 + SECOND,
          account: keyring.mac('account', [ACCOUNT]),
          method: 'sms',
          masked: '***23',
          detail: 'failed',
        },
      ]);
    });

    it.each([
      ['an unknown token', { token: 'another' }],
      ['no token', { token: '' }],
      ['another method', { method: 'email' }],
      ['a code whose time is over', { now: T0 + 5 * MINUTE + 1 }],
      ['a code of the future', { now: T0 - 1 }],
    ] as const)('of %s changes nothing', async (_what, changes) => {
      const { store } = opened();
      const nonce = await begin(store);
      await store.openChallenge(challengeOf(SENT));
      expect(await store.reportFailed(reportOf(changes))).toBeNull();
      expect((await nextTurn(store, nonce)).undelivered(ACCOUNT)).toBe(false);
    });

    it.each(ENDS)('of a code that %s changes nothing', async (_what, happens) => {
      const { store } = opened();
      const nonce = await begin(store);
      const challenge = challengeOf(SENT);
      await store.openChallenge(challenge);
      await happens(store, challenge.id);
      expect(await store.reportFailed(reportOf())).toBeNull();
      expect((await nextTurn(store, nonce)).undelivered(ACCOUNT)).toBe(false);
    });

    it.each(ENDS)('is over with a code that then %s', async (_what, happens) => {
      const { store } = opened();
      const nonce = await begin(store);
      const challenge = challengeOf(SENT);
      await store.openChallenge(challenge);
      await store.reportFailed(reportOf());
      await happens(store, challenge.id);
      expect((await nextTurn(store, nonce)).undelivered(ACCOUNT)).toBe(false);
    });

    it('of a call that has ended changes nothing, and opens nothing', async () => {
      const { store } = opened();
      await begin(store);
      await store.openChallenge(challengeOf(SENT));
      await store.endCall(CALL, T0, 'completed');
      expect(await store.reportFailed(reportOf())).toBeNull();
      expect(await store.phaseOf(CALL, T0)).toBe('ended');
    });

    it('leaves the code what it is: a right one is right, and attempts count as before', async () => {
      const { store } = opened();
      await begin(store);
      const challenge = challengeOf(SENT);
      await store.openChallenge(challenge);
      await store.reportFailed(reportOf());
      expect(await store.chargeAttempt(attemptOf())).toMatchObject({ kind: 'charged', attempt: 1 });
      expect(await store.consumeChallenge(consumeOf(challenge.id))).toEqual({ kind: 'granted' });
    });

    it('ends the spacing: what did not arrive is not on its way', async () => {
      const { store } = opened();
      await begin(store);
      await store.openChallenge(challengeOf(SENT));
      const spaced = { now: T0 + 2 * SECOND, spacing: 20 * SECOND };
      expect(await store.chargeSend(sendOf(spaced))).toEqual({ kind: 'too-soon' });
      await store.reportFailed(reportOf());
      expect(await store.chargeSend(sendOf(spaced))).toMatchObject({ kind: 'charged' });
    });
  });

  describe('closing what did not arrive', () => {
    it('closes the code that was reported, and no other', async () => {
      const { store } = opened();
      await begin(store);
      const challenge = challengeOf();
      await store.openChallenge(challenge);
      await store.closeUndelivered(CALL, T0);
      expect(await store.chargeAttempt(attemptOf())).toMatchObject({ kind: 'charged' });
      await store.openChallenge(challengeOf(SENT));
      await store.reportFailed(reportOf());
      await store.closeUndelivered(CALL, T0 + SECOND);
      expect(await store.chargeAttempt(attemptOf())).toEqual({ kind: 'finished' });
      expect(await opened().closedWhy()).toEqual(['newer', 'undelivered']);
    });

    it('is told again to whoever takes over the turn that closed it, and to nobody after a newer code', async () => {
      const { store } = opened();
      const key = turn(await begin(store));
      await store.openChallenge(challengeOf(SENT));
      await store.reportFailed(reportOf());
      mustWin(await store.claimTurn(claimOf(key)));
      await store.closeUndelivered(CALL, T0 + SECOND);
      const heir = claimOf(key, { now: T0 + LEASE });
      expect(mustWin(await store.claimTurn(heir)).undelivered(ACCOUNT)).toBe(true);
      await store.openChallenge(challengeOf({ issuedAt: T0 + LEASE }));
      const next = await take(store, claimOf(key, { now: T0 + 2 * LEASE }));
      expect((await nextTurn(store, next, T0 + 2 * LEASE)).undelivered(ACCOUNT)).toBe(false);
    });

    it('a code that was wrong, where the next one is due, is known not to have arrived', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      const challenge = challengeOf(SENT);
      await store.openChallenge(challenge);
      await store.reportFailed(reportOf());
      await store.closeChallenge({ call: CALL, id: challenge.id, now: T0 + SECOND, why: 'wrong' });
      expect((await nextTurn(store, nonce)).undelivered(ACCOUNT)).toBe(true);
    });
  });
}
