import { describe, expect, it } from 'vitest';
import type { Consume, Consumed } from '../../../src/core/contracts/codes.ts';
import type { Store } from '../../../src/core/contracts/store.ts';
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
  fresh,
  HOUR,
  RETENTION,
  SECOND,
  START,
  T0,
  take,
  tally,
  type Opened,
} from './caller.ts';

const STEP = Math.floor(T0 / 30_000);
const secretOf = (text: string): Buffer => Buffer.from(text.padEnd(20, '.'));
const method = 'authenticator';

async function enrolled(store: Store, changes: { readonly id?: string; readonly account?: string } = {}) {
  const { id = fresh('authenticator'), account = ACCOUNT } = changes;
  await store.addAuthenticator({ id, account, secret: secretOf(id), now: T0 });
  expect(await store.confirmAuthenticator({ id, step: STEP - 5, now: T0 })).toBe(true);
  return id;
}

/** A call with one live code by authenticator, and what consumes it. */
async function tried(store: Store, proof: NonNullable<Consume['proof']>, call = fresh('CA')): Promise<Consume> {
  await take(store, claimOf(START, { call }));
  const challenge = challengeOf({ call, method, destination: '', masked: '', mac: '' });
  await store.openChallenge(challenge);
  const key = chargeKey({ call });
  const charged = await store.chargeAttempt(attemptOf({ key }));
  return consumeOf(challenge.id, { key, proof, failures: charged.kind === 'charged' ? charged.failures : 0 });
}

async function consumed(store: Store, proof: NonNullable<Consume['proof']>): Promise<Consumed> {
  return store.consumeChallenge(await tried(store, proof));
}

export function authenticatorRules(opened: () => Opened): void {
  describe('an authenticator', () => {
    it('D8: is kept as it was enrolled, and is unconfirmed, confirmed, and revoked for good', async () => {
      const { store } = opened();
      const secret = secretOf('one');
      await store.addAuthenticator({ id: 'a1', account: ACCOUNT, secret, now: T0 });
      const added = { id: 'a1', secret: Uint8Array.from(secret), enrolledAt: T0, confirmedAt: null, revokedAt: null };
      const seen = async () =>
        (await store.authenticatorsOf(ACCOUNT)).map((each) => ({
          ...each,
          secret: each.secret && Uint8Array.from(each.secret),
        }));
      expect(await seen()).toEqual([{ ...added, lastStep: 0 }]);
      expect(await store.confirmAuthenticator({ id: 'a1', step: STEP, now: T0 + 1 })).toBe(true);
      expect(await seen()).toEqual([{ ...added, confirmedAt: T0 + 1, lastStep: STEP }]);
      expect(await store.confirmAuthenticator({ id: 'a1', step: 0, now: T0 + 2 })).toBe(false);
      expect(await store.revokeAuthenticator('a1', T0 + 3)).toBe(true);
      expect(await store.revokeAuthenticator('a1', T0 + 4)).toBe(false);
      expect(await seen()).toEqual([
        { ...added, secret: null, confirmedAt: T0 + 1, revokedAt: T0 + 3, lastStep: STEP },
      ]);
    });

    it('is its own account’s alone, and an account may have several, in the order of their enrolment', async () => {
      const { store } = opened();
      await store.addAuthenticator({ id: 'z', account: ACCOUNT, secret: secretOf('z'), now: T0 });
      await store.addAuthenticator({ id: 'a', account: ACCOUNT, secret: secretOf('a'), now: T0 + 1 });
      await enrolled(store, { account: 'other' });
      expect((await store.authenticatorsOf(ACCOUNT)).map(({ id }) => id)).toEqual(['z', 'a']);
      expect(await store.authenticatorsOf('nobody')).toEqual([]);
    });

    it.each(['confirm', 'revoke'] as const)('that is unknown is not there to %s', async (what) => {
      const { store } = opened();
      const done =
        what === 'confirm'
          ? store.confirmAuthenticator({ id: 'none', step: 1, now: T0 })
          : store.revokeAuthenticator('none', T0);
      expect(await done).toBe(false);
    });

    it('leaves in the audit trail that it was enrolled, confirmed and revoked, each once, and whose it is', async () => {
      const { store, audit, keyring } = opened();
      await enrolled(store, { id: 'a1' });
      await store.confirmAuthenticator({ id: 'a1', step: STEP, now: T0 });
      for (const now of [T0 + 1, T0 + 2]) await store.revokeAuthenticator('a1', now);
      await store.revokeAuthenticator('unknown', T0);
      const of = { call: '', kind: 'enrolment', account: keyring.mac('account', [ACCOUNT]), method, masked: null };
      expect(await audit()).toEqual([
        { ...of, at: T0, detail: 'enrolled a1' },
        { ...of, at: T0, detail: 'confirmed a1' },
        { ...of, at: T0 + 1, detail: 'revoked a1' },
      ]);
    });

    it('is not confirmed once it is revoked', async () => {
      const { store } = opened();
      await store.addAuthenticator({ id: 'a', account: ACCOUNT, secret: secretOf('a'), now: T0 });
      await store.revokeAuthenticator('a', T0);
      expect(await store.confirmAuthenticator({ id: 'a', step: STEP, now: T0 })).toBe(false);
    });

    it('is swept when nobody confirmed it for an hour, or when it was revoked before the audit trail begins', async () => {
      const { store } = opened();
      await store.addAuthenticator({ id: 'unconfirmed', account: ACCOUNT, secret: secretOf('u'), now: T0 });
      await enrolled(store, { id: 'good' });
      await enrolled(store, { id: 'revoked' });
      await store.revokeAuthenticator('revoked', T0);
      const left = async () => (await store.authenticatorsOf(ACCOUNT)).map(({ id }) => id);
      await store.sweep(T0 + HOUR - 1, RETENTION);
      expect(await left()).toEqual(['good', 'revoked', 'unconfirmed']);
      await store.sweep(T0 + HOUR, RETENTION);
      expect(await left()).toEqual(['good', 'revoked']);
      await store.sweep(T0 + 365 * DAY, RETENTION);
      expect(await left()).toEqual(['good']);
    });
  });

  describe('a code of an authenticator', () => {
    it('is granted once: its step and all before it are used up, and the next one is good', async () => {
      const { store } = opened();
      const authenticator = await enrolled(store);
      const answers: Consumed[] = [];
      for (const step of [STEP, STEP, STEP - 1, STEP + 1]) answers.push(await consumed(store, { authenticator, step }));
      expect(answers.map(({ kind }) => kind)).toEqual(['granted', 'replayed', 'replayed', 'granted']);
    });

    it('is granted again to the key that has used it, and to no other', async () => {
      const { store } = opened();
      const authenticator = await enrolled(store);
      const consume = await tried(store, { authenticator, step: STEP });
      expect(await store.consumeChallenge(consume)).toEqual({ kind: 'granted' });
      expect(await store.consumeChallenge(consume)).toEqual({ kind: 'granted' });
      expect(await store.consumeChallenge({ ...consume, key: chargeKey(consume.key) })).toEqual({ kind: 'granted' });
      const other = chargeKey({ call: consume.key.call });
      expect(await store.consumeChallenge({ ...consume, key: other })).toEqual({ kind: 'refused' });
    });

    it('50 calls at once with the right code of one step: one is let in', async () => {
      const { store } = opened();
      const authenticator = await enrolled(store);
      const consumes: Consume[] = [];
      for (let n = 0; n < 50; n++) consumes.push(await tried(store, { authenticator, step: STEP }));
      // One account has tried 50 times: that it is locked by now is not the question here.
      await store.openAccount(ACCOUNT, T0);
      const race = await Promise.all(consumes.map((consume) => store.consumeChallenge(consume)));
      expect(tally(race)).toEqual({ granted: 1, replayed: 49 });
      expect(await store.countRows()).toMatchObject({ grants: 1 });
    });

    it.each([
      ['a revoked authenticator', async (store: Store, id: string) => store.revokeAuthenticator(id, T0)],
      [
        'an authenticator with a corrupt step',
        (_store: Store, _id: string, { damage }: Opened) => damage({ lastStep: -1 }),
      ],
    ])('of %s grants nothing', async (_what, happens) => {
      const { store } = opened();
      const authenticator = await enrolled(store);
      await happens(store, authenticator, opened());
      expect(await consumed(store, { authenticator, step: STEP })).toEqual({ kind: 'replayed' });
      expect(await store.countRows()).toMatchObject({ grants: 0 });
    });

    it('of an unconfirmed one, one of another account, and one that is unknown grant nothing', async () => {
      const { store } = opened();
      await store.addAuthenticator({ id: 'unconfirmed', account: ACCOUNT, secret: secretOf('u'), now: T0 });
      await enrolled(store, { id: 'others', account: 'other' });
      for (const authenticator of ['unconfirmed', 'others', 'unknown'])
        expect(await consumed(store, { authenticator, step: STEP })).toEqual({ kind: 'replayed' });
      expect((await store.authenticatorsOf('other'))[0]?.lastStep).toBe(STEP - 5);
    });

    it('that is refused for another reason stays unused', async () => {
      const { store } = opened();
      const authenticator = await enrolled(store);
      const late = await tried(store, { authenticator, step: STEP }, CALL);
      expect(await store.consumeChallenge({ ...late, now: T0 + 21 * SECOND })).toEqual({ kind: 'refused' });
      await store.endCall(CALL, T0, 'completed');
      expect(await store.consumeChallenge(late)).toEqual({ kind: 'refused' });
      expect((await store.authenticatorsOf(ACCOUNT))[0]?.lastStep).toBe(STEP - 5);
    });

    it('clears the failures of its account, and a replayed one does not', async () => {
      const { store } = opened();
      const authenticator = await enrolled(store);
      await begin(store);
      expect(await consumed(store, { authenticator, step: STEP })).toEqual({ kind: 'granted' });
      expect(await store.standingOf(ACCOUNT, T0)).toMatchObject({ failures: 0 });
      expect(await consumed(store, { authenticator, step: STEP })).toEqual({ kind: 'replayed' });
      expect(await store.standingOf(ACCOUNT, T0)).toMatchObject({ failures: 1 });
    });
  });
}
