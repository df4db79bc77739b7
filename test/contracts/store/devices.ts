import { describe, expect, it } from 'vitest';
import { ACCOUNT, attemptOf, DAY, failTimes, HOUR, RETENTION, T0, withCode, type Opened } from './caller.ts';
import { remembered, revokedWhy, seenOf } from './remembered.ts';

export function deviceRules(opened: () => Opened): void {
  keptRules(opened);
  revokedRules(opened);
}

function keptRules(opened: () => Opened): void {
  describe('a remembered browser', () => {
    it('is kept as it was remembered, for its own account, the newest first', async () => {
      const { store } = opened();
      const first = await remembered(store, { name: 'Safari auf dem Telefon’ é' });
      const second = await remembered(store, { now: T0 + 1 });
      await remembered(store, { account: 'other' });
      const times = { rememberedAt: T0, lastSignInAt: T0, lastAuthorisedAt: T0, expiresAt: first.expiresAt };
      const devices = await store.devicesOf(ACCOUNT);
      expect(devices.map(({ id }) => id)).toEqual([second.id, first.id]);
      expect(devices[1]).toEqual({ id: first.id, name: first.name, ...times, revokedAt: null, revokedWhy: null });
      expect(await store.devicesOf('nobody')).toEqual([]);
    });

    it('has two clocks, since its last sign-in and since its user last proved who they are', async () => {
      const { store } = opened();
      const { id } = await remembered(store);
      const clocks = async () =>
        (await store.devicesOf(ACCOUNT)).map((device) => [device.lastSignInAt, device.lastAuthorisedAt]);
      await store.noteSignIn({ id, now: T0 + HOUR, authorised: null });
      expect(await clocks()).toEqual([[T0 + HOUR, T0]]);
      await store.noteSignIn({ id, now: T0 + DAY, authorised: { fingerprint: 'as it is now' } });
      expect(await clocks()).toEqual([[T0 + DAY, T0 + DAY]]);
      await store.noteSignIn({ id: 'unknown', now: T0 + 2 * DAY, authorised: { fingerprint: 'as it is now' } });
      await store.revokeDevices({ account: ACCOUNT, id, now: T0 + DAY, why: 'asked' });
      await store.noteSignIn({ id, now: T0 + 2 * DAY, authorised: { fingerprint: 'as it is now' } });
      expect(await clocks()).toEqual([[T0 + DAY, T0 + DAY]]);
    });

    it('takes the place of the one that was seen the longest ago, where an account has so many already', async () => {
      const { store } = opened();
      const [a, b, c] = [await remembered(store), await remembered(store), await remembered(store)];
      await remembered(store, { account: 'other' });
      for (const [device, now] of [
        [a, T0 + 1],
        [b, T0 + 3],
        [c, T0 + 2],
      ] as const)
        await store.recogniseDevice(seenOf(device.token, { now }));
      const d = await remembered(store, { most: 3, now: T0 + 4 });
      expect(await revokedWhy(store)).toEqual({ [a.id]: 'too-many', [b.id]: null, [c.id]: null, [d.id]: null });
      const e = await remembered(store, { most: 1, now: T0 + 5 });
      const gone = { [a.id]: 'too-many', [b.id]: 'too-many', [c.id]: 'too-many', [d.id]: 'too-many' };
      expect(await revokedWhy(store)).toEqual({ ...gone, [e.id]: null });
      expect(await revokedWhy(store, 'other')).not.toContain('too-many');
    });

    it('that has expired takes nobody’s place', async () => {
      const { store } = opened();
      const old = await remembered(store, { expiresAt: T0 + HOUR });
      await remembered(store, { most: 1, now: T0 + HOUR + 1 });
      expect((await revokedWhy(store))[old.id]).toBeNull();
    });

    it.each([0, -1, Number.NaN])('where %f are allowed is not kept', async (most) => {
      const { store } = opened();
      const { token } = await remembered(store, { most });
      expect(await store.recogniseDevice(seenOf(token))).toEqual({ kind: 'unknown' });
      expect(await store.countRows()).toMatchObject({ devices: 0, device_tokens: 0, audit: 0 });
    });

    it('50 at once: as many are in use as are allowed', async () => {
      const { store } = opened();
      await Promise.all(Array.from({ length: 50 }, () => remembered(store, { most: 5 })));
      const why = Object.values(await revokedWhy(store));
      expect([why.length, why.filter((each) => each === null).length]).toEqual([50, 5]);
    });

    it('leaves in the audit trail that it was remembered and revoked, and why, each once', async () => {
      const { store, audit, keyring } = opened();
      const { id } = await remembered(store);
      for (const now of [T0 + 1, T0 + 2]) await store.revokeDevices({ account: ACCOUNT, now, why: 'asked' });
      const account = keyring.mac('account', [ACCOUNT]);
      const of = { call: '', kind: 'device', account, method: null, masked: null };
      expect(await audit()).toEqual([
        { ...of, at: T0, detail: `remembered ${id}` },
        { ...of, at: T0 + 1, detail: `revoked ${id}: asked` },
      ]);
    });

    it('is swept with its tokens once the audit trail begins after its end; a good one stays', async () => {
      const { store } = opened();
      const good = await remembered(store, { expiresAt: T0 + 500 * DAY });
      const expired = await remembered(store, { expiresAt: T0 + DAY });
      const revoked = await remembered(store, { expiresAt: T0 + 500 * DAY });
      await store.recogniseDevice(seenOf(revoked.token));
      await store.revokeDevices({ account: ACCOUNT, id: revoked.id, now: T0, why: 'asked' });
      const left = async () => Object.keys(await revokedWhy(store)).toSorted();
      await store.sweep(T0 + RETENTION.auditMs - 1, RETENTION);
      expect(await left()).toEqual([good.id, expired.id, revoked.id].toSorted());
      expect(await store.sweep(T0 + RETENTION.auditMs, RETENTION)).toMatchObject({ devices: 1, device_tokens: 2 });
      expect(await left()).toEqual([good.id, expired.id].toSorted());
      expect(await store.sweep(T0 + DAY + RETENTION.auditMs, RETENTION)).toMatchObject({
        devices: 1,
        device_tokens: 1,
      });
      expect(await store.countRows()).toMatchObject({ devices: 1, device_tokens: 1 });
    });
  });
}

function revokedRules(opened: () => Opened): void {
  describe('devices are revoked', () => {
    it('all of an account or one of them, once, and never those of another', async () => {
      const { store } = opened();
      const [a, b, c] = [await remembered(store), await remembered(store), await remembered(store)];
      const other = await remembered(store, { account: 'other' });
      const revoke = { account: ACCOUNT, now: T0, why: 'asked' } as const;
      expect(await store.revokeDevices({ ...revoke, id: other.id })).toBe(0);
      expect(await store.revokeDevices({ ...revoke, id: a.id })).toBe(1);
      expect(await store.revokeDevices({ ...revoke, id: a.id })).toBe(0);
      expect(await store.revokeDevices(revoke)).toBe(2);
      expect(await store.revokeDevices(revoke)).toBe(0);
      expect(await revokedWhy(store)).toEqual({ [a.id]: 'asked', [b.id]: 'asked', [c.id]: 'asked' });
      expect(await store.recogniseDevice(seenOf(b.token))).toEqual({ kind: 'unknown' });
      expect(await revokedWhy(store, 'other')).toEqual({ [other.id]: null });
    });

    it('by 50 at once, each once', async () => {
      const { store } = opened();
      for (let n = 0; n < 5; n++) await remembered(store);
      const revoke = { account: ACCOUNT, now: T0, why: 'asked' } as const;
      const race = await Promise.all(Array.from({ length: 50 }, () => store.revokeDevices(revoke)));
      expect(race.reduce((sum, each) => sum + each)).toBe(5);
    });

    it('by wrong codes on the telephone that lock their account, and stay so when it is opened', async () => {
      const { store } = opened();
      const { id, token } = await remembered(store);
      const other = await remembered(store, { account: 'other' });
      await withCode(opened());
      await failTimes(store, 9);
      expect(await revokedWhy(store)).toEqual({ [id]: null });
      await store.chargeAttempt(attemptOf());
      expect(await revokedWhy(store)).toEqual({ [id]: 'locked' });
      await store.openAccount(ACCOUNT, T0);
      expect(await store.recogniseDevice(seenOf(token))).toEqual({ kind: 'unknown' });
      expect(await revokedWhy(store, 'other')).toEqual({ [other.id]: null });
    });

    it('by an authenticator that is confirmed or revoked, and not by one that was enrolled only', async () => {
      const { store } = opened();
      const one = await remembered(store);
      const other = await remembered(store, { account: 'other' });
      await store.addAuthenticator({ id: 'a', account: ACCOUNT, secret: Buffer.alloc(20), now: T0 });
      expect(await revokedWhy(store)).toEqual({ [one.id]: null });
      await store.confirmAuthenticator({ id: 'a', step: 1, now: T0 });
      expect(await revokedWhy(store)).toEqual({ [one.id]: 'factor-changed' });
      const two = await remembered(store);
      // It is confirmed already: nothing has changed.
      await store.confirmAuthenticator({ id: 'a', step: 1, now: T0 });
      expect((await revokedWhy(store))[two.id]).toBeNull();
      await store.revokeAuthenticator('a', T0);
      expect((await revokedWhy(store))[two.id]).toBe('factor-changed');
      expect(await revokedWhy(store, 'other')).toEqual({ [other.id]: null });
    });
  });
}
