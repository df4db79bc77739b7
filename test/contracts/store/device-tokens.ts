import { describe, expect, it } from 'vitest';
import { DEVICE_GRACE, type Recognised } from '../../../src/core/contracts/devices.ts';
import { ACCOUNT, attemptOf, DAY, HOUR, SECOND, T0, tally, withCode, type Opened } from './caller.ts';
import { deviceOf, locks, remembered, revokedWhy, seenOf } from './remembered.ts';

const isRotated = (answer: Recognised) => answer.kind === 'known' && answer.rotated;

export function deviceTokenRules(opened: () => Opened): void {
  seriesRules(opened);
  trustRules(opened);
}

function seriesRules(opened: () => Opened): void {
  describe('the token of a device', () => {
    it('is known once, by what it was, and the next one is in its place', async () => {
      const { store } = opened();
      const { id, token } = await remembered(store);
      const seen = seenOf(token, { now: T0 + HOUR });
      const [device] = await store.devicesOf(ACCOUNT);
      expect(device?.id).toBe(id);
      expect(await store.recogniseDevice(seen)).toEqual({ kind: 'known', device, sameBrowser: true, rotated: true });
      const again = await store.recogniseDevice(seenOf(seen.next, { now: T0 + DAY }));
      expect(again).toEqual({ kind: 'known', device, sameBrowser: true, rotated: true });
    });

    it('that was replaced kills the whole series when it comes again, and is audited', async () => {
      const { store, audit } = opened();
      const { id, token } = await remembered(store);
      const other = await remembered(store);
      const first = seenOf(token);
      const second = seenOf(first.next, { now: T0 + HOUR });
      for (const seen of [first, second]) await store.recogniseDevice(seen);
      const copied = seenOf(token, { now: T0 + DAY });
      expect(await store.recogniseDevice(copied)).toEqual({ kind: 'reused' });
      for (const dead of [token, first.next, second.next, copied.next])
        expect(await store.recogniseDevice(seenOf(dead, { now: T0 + DAY }))).toEqual({ kind: 'unknown' });
      expect(await revokedWhy(store)).toEqual({ [id]: 'reused', [other.id]: null });
      expect((await audit()).at(-1)).toMatchObject({ kind: 'device', detail: `revoked ${id}: reused`, at: T0 + DAY });
    });

    it('is answered for 10 seconds more, without a change, since a browser asks twice at once', async () => {
      const { store } = opened();
      const { token } = await remembered(store);
      const first = seenOf(token);
      await store.recogniseDevice(first);
      const late = await store.recogniseDevice(seenOf(token, { now: T0 + DEVICE_GRACE }));
      expect(late).toMatchObject({ kind: 'known', rotated: false });
      expect(await store.recogniseDevice(seenOf(first.next))).toMatchObject({ kind: 'known', rotated: true });
      expect(await store.recogniseDevice(seenOf(token, { now: T0 + DEVICE_GRACE + 1 }))).toEqual({ kind: 'reused' });
    });

    it('50 times at once: one browser gets the next one, and all are known', async () => {
      const { store } = opened();
      const { token } = await remembered(store);
      const race = await Promise.all(Array.from({ length: 50 }, () => store.recogniseDevice(seenOf(token))));
      expect(tally(race)).toEqual({ known: 50 });
      expect(race.filter(isRotated)).toHaveLength(1);
      expect(await store.countRows()).toMatchObject({ device_tokens: 2 });
    });

    it('of another user is refused, and nothing is rotated or revoked', async () => {
      const { store } = opened();
      const { id, token } = await remembered(store);
      const first = seenOf(token);
      await store.recogniseDevice(first);
      const before = await store.countRows();
      // Old enough to be taken for a copy, if it were asked for by its own user.
      for (const each of [token, first.next]) {
        const seen = seenOf(each, { account: 'other', now: T0 + DAY });
        expect(await store.recogniseDevice(seen)).toEqual({ kind: 'of-another' });
      }
      expect(await store.countRows()).toEqual(before);
      expect(await revokedWhy(store)).toEqual({ [id]: null });
      expect(await store.recogniseDevice(seenOf(first.next))).toMatchObject({ kind: 'known', rotated: true });
    });

    it.each([
      ['as remembered', 'as remembered', true],
      ['as remembered', 'changed', false],
      ['as remembered', '', false],
      ['', 'as remembered', false],
      ['', '', true],
    ])('remembered with "%s" and seen with "%s": the same browser is %s', async (fingerprint, now, sameBrowser) => {
      const { store } = opened();
      const { token } = await remembered(store, { fingerprint });
      const seen = seenOf(token, { fingerprint: now });
      expect(await store.recogniseDevice(seen)).toMatchObject({ kind: 'known', sameBrowser });
    });
  });
}

function trustRules(opened: () => Opened): void {
  describe('a device is not trusted', () => {
    it.each([
      ['an unknown token', seenOf('never told')],
      ['an empty token', seenOf('')],
      ['a token that is cut', seenOf('the-token'.slice(0, -1))],
      ['a token in capitals', seenOf('THE-TOKEN')],
      ['a clock before it was remembered', seenOf('the-token', { now: T0 - 1 })],
      ['a clock a day behind', seenOf('the-token', { now: T0 - DAY })],
      ['its end', seenOf('the-token', { now: T0 + 30 * DAY + 1 })],
      ['a clock that cannot be read', seenOf('the-token', { now: Number.NaN })],
    ])('by %s', async (_what, seen) => {
      const { store } = opened();
      await remembered(store, { token: 'the-token' });
      expect(await store.recogniseDevice(seen)).toEqual({ kind: 'unknown' });
      expect(await store.recogniseDevice(seenOf('the-token', { now: T0 + 30 * DAY }))).toMatchObject({ kind: 'known' });
    });

    it.each([{ rememberedAt: -1 }, { expiresAt: -1 }, { expiresAt: 2 ** 60 }])(
      'where what is kept of it cannot be believed: %j',
      async (damage) => {
        const { store, damage: write } = opened();
        const { token } = await remembered(store);
        await write(damage);
        expect(await store.recogniseDevice(seenOf(token))).toEqual({ kind: 'unknown' });
      },
    );

    it.each([-SECOND, -DAY])('by a replaced token when the clock was set by %i ms: the series is dead', async (by) => {
      const { store } = opened();
      const { token } = await remembered(store, { now: T0 - 2 * DAY });
      const first = seenOf(token);
      await store.recogniseDevice(first);
      expect(await store.recogniseDevice(seenOf(token, { now: T0 + by }))).toEqual({ kind: 'reused' });
      expect(await store.recogniseDevice(seenOf(first.next))).toEqual({ kind: 'unknown' });
    });

    it('by a replaced token whose time cannot be believed: the series is dead', async () => {
      const { store, damage } = opened();
      const { token } = await remembered(store);
      await store.recogniseDevice(seenOf(token));
      await damage({ replacedAt: -1 });
      expect(await store.recogniseDevice(seenOf(token))).toEqual({ kind: 'reused' });
    });

    it('that was remembered while its account was locked: it is not kept', async () => {
      const { store } = opened();
      await locks(store);
      const { token } = await remembered(store);
      expect(await store.devicesOf(ACCOUNT)).toEqual([]);
      await store.openAccount(ACCOUNT, T0);
      expect(await store.recogniseDevice(seenOf(token))).toEqual({ kind: 'unknown' });
    });

    it('where the count of its account’s failures cannot be read', async () => {
      const { store, damage } = opened();
      await withCode(opened());
      await store.chargeAttempt(attemptOf());
      const { token } = await remembered(store);
      await damage({ standing: { failures: -1 } });
      expect(await store.recogniseDevice(seenOf(token))).toEqual({ kind: 'unknown' });
    });

    it('under a name or a token that is taken: nothing is kept, and what was there stays', async () => {
      const { store } = opened();
      const { id, token } = await remembered(store);
      const refused = { code: 'store-unavailable' };
      await expect(store.rememberDevice(deviceOf({ id }))).rejects.toMatchObject(refused);
      await expect(store.rememberDevice(deviceOf({ token, most: 1 }))).rejects.toMatchObject(refused);
      await expect(store.recogniseDevice(seenOf(token, { next: token }))).rejects.toMatchObject(refused);
      expect(await store.countRows()).toMatchObject({ devices: 1, device_tokens: 1, audit: 1 });
      expect(await store.recogniseDevice(seenOf(token))).toMatchObject({ kind: 'known', rotated: true });
    });
  });
}
