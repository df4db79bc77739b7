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
  failTimes,
  MINUTE,
  mustWin,
  SECOND,
  T0,
  tally,
  turn,
  withCode,
  type Opened,
} from './caller.ts';

export function attemptRules(opened: () => Opened): void {
  describe('an attempt', () => {
    it('is charged before anything is compared, and hands out what to compare with', async () => {
      const { store } = opened();
      const id = await withCode(opened(), { mac: 'the mac' });
      expect(await store.chargeAttempt(attemptOf())).toEqual({
        kind: 'charged',
        challenge: { id, method: 'sms', mac: 'the mac', issuedAt: T0, expiresAt: T0 + 5 * MINUTE },
        attempt: 1,
        most: 3,
        failures: 1,
      });
      expect(await store.readCall(CALL)).toMatchObject({ attempts: 1, challenges: [{ attempts: 1 }] });
    });

    it('counts once under its key and answers the same again, also when the code is closed meanwhile', async () => {
      const { store } = opened();
      await withCode(opened());
      const charge = attemptOf();
      const answer = await store.chargeAttempt(charge);
      await store.openChallenge(challengeOf());
      expect(await store.chargeAttempt({ ...charge, now: T0 + MINUTE })).toEqual(answer);
      expect(await store.readCall(CALL)).toMatchObject({ attempts: 1 });
      for (const [attempt, n] of ['2.1', '2.2'].entries())
        expect(await store.chargeAttempt(attemptOf({ key: { ...charge.key, n } }))).toMatchObject({
          attempt: attempt + 1,
        });
    });

    it('whose code was used up under its key is known to be right; under any other key it is not', async () => {
      const { store } = opened();
      const id = await withCode(opened());
      const charge = attemptOf();
      await store.chargeAttempt(charge);
      expect(await store.consumeChallenge(consumeOf(id, { key: charge.key }))).toEqual({ kind: 'granted' });
      expect(await store.chargeAttempt(charge)).toEqual({ kind: 'granted' });
      for (const key of [chargeKey(), { ...charge.key, n: '1.2' }])
        expect(await store.chargeAttempt(attemptOf({ key }))).toEqual({ kind: 'finished' });
      expect(await store.chargeAttempt({ ...charge, account: 'other' })).not.toEqual({ kind: 'granted' });
    });

    it.each([1, 3, 5])('never passes its limit of %i under 50 requests at once (D15)', async (attempts) => {
      await withCode(opened(), { attempts });
      const race = Array.from({ length: 50 }, () => opened().store.chargeAttempt(attemptOf()));
      expect(tally(await Promise.all(race))).toEqual({ charged: attempts, 'too-many': 50 - attempts });
    });

    it.each([0, -1])('is refused when %s are allowed', async (attempts) => {
      await withCode(opened(), { attempts });
      expect(await opened().store.chargeAttempt(attemptOf())).toEqual({ kind: 'too-many' });
    });

    it.each([
      ['in another call', { key: chargeKey({ call: 'CA-other' }) }],
      ['for another account', { account: 'other' }],
      ['one moment after the code has expired', { now: T0 + 5 * MINUTE + 1 }],
      ['before the code was issued, when the clock was set back', { now: T0 - 1 }],
    ])('finds no live code %s, and uses none up', async (_, changes) => {
      await withCode(opened());
      expect(await opened().store.chargeAttempt(attemptOf(changes))).toEqual({ kind: 'finished' });
      expect(await opened().store.readCall(CALL)).toMatchObject({ attempts: 0 });
    });

    it('works until the very end of the lifetime, and nothing revives a code that was found expired (D15)', async () => {
      await withCode(opened());
      const { store } = opened();
      expect(await store.chargeAttempt(attemptOf({ now: T0 + 5 * MINUTE }))).toMatchObject({ kind: 'charged' });
      expect(await store.chargeAttempt(attemptOf({ now: T0 + 5 * MINUTE + 1 }))).toEqual({ kind: 'finished' });
      expect(await store.chargeAttempt(attemptOf({ now: T0 + MINUTE }))).toEqual({ kind: 'finished' });
    });

    it('counts against the newest code only, which starts again at one', async () => {
      const { store } = opened();
      const old = await withCode(opened(), { attempts: 1 });
      await store.chargeAttempt(attemptOf());
      const newer = challengeOf();
      await store.openChallenge(newer);
      const charged = { kind: 'charged', challenge: { id: newer.id }, attempt: 1, failures: 2 };
      expect(await store.chargeAttempt(attemptOf())).toMatchObject(charged);
      expect(await store.consumeChallenge(consumeOf(old))).toEqual({ kind: 'refused' });
    });

    it.each([-1, 9_007_199_254_740_992])('against a code with a corrupt count (%s) is refused', async (attempts) => {
      await withCode(opened());
      await opened().damage({ attempts });
      expect(await opened().store.chargeAttempt(attemptOf())).toEqual({ kind: 'too-many' });
    });

    it.each([
      ['failures = -1', { failures: -1 }],
      ['failures = 100', { failures: 100 }],
      ['failures = 10, last_failure_at = -1', { failures: 10, lastFailureAt: -1 }],
    ])('for an account with a corrupt count (%s) is refused', async (_what, standing) => {
      await withCode(opened());
      await opened().store.chargeAttempt(attemptOf());
      await opened().damage({ standing });
      expect(await opened().store.chargeAttempt(attemptOf())).toEqual({ kind: 'locked' });
      expect(await opened().store.accountLocked(ACCOUNT, T0)).toBe(true);
    });
  });

  describe('a code', () => {
    it('opened twice is one code', async () => {
      const challenge = challengeOf();
      await begin(opened().store);
      await opened().store.openChallenge(challenge);
      await opened().store.openChallenge(challenge);
      expect(await opened().store.chargeAttempt(attemptOf())).toMatchObject({ kind: 'charged', attempt: 1 });
    });

    it('succeeds once: of 50 keys one is true, and true again for that key for ever', async () => {
      const { store } = opened();
      const id = await withCode(opened());
      await store.chargeAttempt(attemptOf());
      const claims = Array.from({ length: 50 }, () => consumeOf(id));
      const answers = await Promise.all(claims.map((claim) => store.consumeChallenge(claim)));
      expect(answers.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
      await store.endCall(CALL, T0, 'completed');
      const late = claims.map((claim) => store.consumeChallenge({ ...claim, now: T0 + 60 * MINUTE }));
      expect(await Promise.all(late)).toEqual(answers);
      expect(await store.readCall(CALL)).toMatchObject({ grants: 1 });
    });

    it.each([
      ['of another account', { account: 'other' }],
      ['of another call', { key: chargeKey({ call: 'CA-other' }) }],
      ['that is unknown', { challenge: 'none' }],
      ['after the deadline of its task', { now: T0 + 21 * SECOND }],
      ['whose time is over', { now: T0 + 6 * MINUTE, deadline: T0 + 10 * MINUTE }],
    ])('%s is not consumed', async (_, changes) => {
      const id = await withCode(opened());
      await opened().store.chargeAttempt(attemptOf());
      expect(await opened().store.consumeChallenge(consumeOf(id, changes))).toEqual({ kind: 'refused' });
      expect(await opened().store.readCall(CALL)).toMatchObject({ grants: 0 });
    });

    it('that was used is finished (D15)', async () => {
      const id = await withCode(opened());
      await opened().store.consumeChallenge(consumeOf(id));
      expect(await opened().store.chargeAttempt(attemptOf())).toEqual({ kind: 'finished' });
    });

    it('proved right writes the grant of its account, for this call alone', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      const challenge = challengeOf();
      await store.openChallenge(challenge);
      await store.consumeChallenge(consumeOf(challenge.id));
      const won = mustWin(await store.claimTurn(claimOf(turn(nonce))));
      expect([won.verified(ACCOUNT), won.verified('other'), won.verified('')]).toEqual([true, false, false]);
      const elsewhere = mustWin(
        await store.claimTurn(claimOf(turn(await begin(store, { call: 'CA2' })), { call: 'CA2' })),
      );
      expect(elsewhere.verified(ACCOUNT)).toBe(false);
    });
  });

  describe('the account', () => {
    it('locks at the tenth failure in a row, over codes and calls, and opens again after 30 minutes', async () => {
      const { store } = opened();
      await begin(store);
      await begin(store, { call: 'CA2' });
      await failTimes(store, 9);
      expect(await store.accountLocked(ACCOUNT, T0)).toBe(false);
      await store.openChallenge(challengeOf({ call: 'CA2' }));
      const tenth = await store.chargeAttempt(attemptOf({ key: chargeKey({ call: 'CA2' }) }));
      expect(tenth).toMatchObject({ kind: 'charged', failures: 10 });
      await store.openChallenge(challengeOf({ expiresAt: T0 + 60 * MINUTE }));
      expect(await store.chargeAttempt(attemptOf())).toEqual({ kind: 'locked' });
      expect(await store.accountLocked(ACCOUNT, T0 + 30 * MINUTE - 1)).toBe(true);
      expect(await store.accountLocked(ACCOUNT, T0 + 30 * MINUTE)).toBe(false);
      expect(await store.accountLocked('other', T0)).toBe(false);
      const eleventh = attemptOf({ now: T0 + 30 * MINUTE });
      expect(await store.chargeAttempt(eleventh)).toMatchObject({ kind: 'charged', failures: 11 });
    });

    it('is opened by an operator: what counted against it is told, forgotten, and in the audit trail', async () => {
      const { store, audit } = opened();
      await begin(store);
      await failTimes(store, 10);
      const was = { failures: 10, lastFailureAt: T0 };
      expect(await store.standingOf(ACCOUNT, T0)).toEqual(was);
      expect(await store.openAccount(ACCOUNT, T0 + 1)).toEqual(was);
      expect(await store.standingOf(ACCOUNT, T0)).toEqual({ failures: 0, lastFailureAt: 0 });
      expect(await store.accountLocked(ACCOUNT, T0 + 1)).toBe(false);
      expect((await audit()).filter(({ detail }) => detail === 'opened')).toMatchObject([{ call: '', at: T0 + 1 }]);
    });

    it('is cleared by a success, and by nothing else', async () => {
      const { store } = opened();
      await begin(store);
      await failTimes(store, 4);
      await store.endCall('CA-none', T0, 'completed');
      const challenge = challengeOf();
      await store.openChallenge(challenge);
      expect(await store.chargeAttempt(attemptOf())).toMatchObject({ failures: 5 });
      expect(await store.consumeChallenge(consumeOf(challenge.id, { failures: 5 }))).toEqual({ kind: 'granted' });
      await store.openChallenge(challengeOf());
      expect(await store.chargeAttempt(attemptOf())).toMatchObject({ failures: 1 });
    });

    it('lets the right tenth attempt in, whose own charge locked it', async () => {
      const { store } = opened();
      await begin(store);
      await failTimes(store, 9);
      const challenge = challengeOf();
      await store.openChallenge(challenge);
      await store.chargeAttempt(attemptOf());
      expect(await store.consumeChallenge(consumeOf(challenge.id, { failures: 10 }))).toEqual({ kind: 'granted' });
      expect(await store.accountLocked(ACCOUNT, T0)).toBe(false);
    });

    it('locked by somebody else meanwhile lets nobody in', async () => {
      const { store } = opened();
      await begin(store);
      await begin(store, { call: 'CA2' });
      await failTimes(store, 8);
      const challenge = challengeOf();
      await store.openChallenge(challenge);
      expect(await store.chargeAttempt(attemptOf())).toMatchObject({ failures: 9 });
      await store.openChallenge(challengeOf({ call: 'CA2' }));
      await store.chargeAttempt(attemptOf({ key: chargeKey({ call: 'CA2' }) }));
      expect(await store.consumeChallenge(consumeOf(challenge.id, { failures: 9 }))).toEqual({ kind: 'refused' });
    });

    it('leaves an audit trail of attempts, locks and grants', async () => {
      const { store, audit } = opened();
      await begin(store);
      await failTimes(store, 10);
      const id = challengeOf({ account: 'other' });
      await store.openChallenge(id);
      await store.consumeChallenge(consumeOf(id.id, { account: 'other' }));
      const lines = await audit();
      expect(tally(lines)).toEqual({ attempt: 10, lock: 1, grant: 1 });
      for (const line of lines) expect(line).toMatchObject({ call: CALL, method: 'sms', masked: '***23' });
    });
  });
}
