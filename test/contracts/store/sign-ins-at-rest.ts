import { describe, expect, it } from 'vitest';
import { T0, type OpenedAtRest } from './caller.ts';
import { deviceOf, opens, passOf, remembered, seenOf, signInOf } from './remembered.ts';

const SECRETS = {
  account: 'acct-SECRET-1',
  token: 'token-SECRET-2',
  next: 'next-SECRET-3',
  fingerprint: 'fingerprint-SECRET-4',
  name: 'browser-SECRET-5',
  page: 'page-SECRET-6',
  user: 'user-SECRET-7',
  returnTo: 'https://app.example/SECRET-8',
  browser: 'cookie-SECRET-9',
  ticket: 'ticket-SECRET-10',
};

/** Remembered browsers and web sign-ins, for a store that keeps bytes outside of its process. */
export function signInsAtRestRules(opened: () => OpenedAtRest): void {
  describe('the database', () => {
    it('holds no token, ticket, account, browser or address of a web sign-in as it is', async () => {
      const { store, bytes } = opened();
      const { account, token, next, fingerprint, name, page, user, returnTo, browser, ticket } = SECRETS;
      const device = deviceOf({ account, token, fingerprint, name });
      await store.rememberDevice(device);
      await store.recogniseDevice(seenOf(token, { account, next, fingerprint }));
      const signIn = signInOf({ token: page, account, user, returnTo, fingerprint, browserName: name });
      await store.openSignIn(signIn);
      await store.visitSignIn({ token: page, browser, locale: 'en-US', now: T0 });
      await store.passSignIn(passOf(page, { ticket }));
      const kept = await bytes();
      expect([device.id, signIn.call].filter((each) => !kept.includes(each))).toEqual([]);
      expect(Object.values(SECRETS).filter((secret) => kept.includes(secret))).toEqual([]);
    });

    it('holds equal browsers of two accounts under hashes that differ', async () => {
      const { store, sql } = opened();
      for (const account of ['one', 'two']) await remembered(store, { account });
      expect(await sql('SELECT DISTINCT fingerprint_hash FROM devices')).toHaveLength(2);
    });

    it('holds the name of a device sealed, for itself alone', async () => {
      const { store, sql } = opened();
      const { id } = await remembered(store, { account: 'one' });
      const other = await remembered(store, { account: 'two' });
      await sql(`UPDATE devices SET name = (SELECT name FROM devices WHERE id = '${id}')`);
      const unavailable = { code: 'store-unavailable' };
      await expect(store.devicesOf('two')).rejects.toMatchObject(unavailable);
      await expect(store.recogniseDevice(seenOf(other.token, { account: 'two' }))).rejects.toMatchObject(unavailable);
    });

    it('holds a sign-in sealed: one that was moved or changed shows no page, passes nobody and is worth no ticket', async () => {
      const { store, sql } = opened();
      const token = await opens(store, { account: 'one', user: 'one' });
      const pass = passOf(await opens(store, { account: 'two', user: 'two' }));
      await store.passSignIn(pass);
      await sql('UPDATE sign_ins SET content = (SELECT content FROM sign_ins WHERE ticket_hash IS NOT NULL)');
      const unavailable = { code: 'store-unavailable' };
      await expect(store.visitSignIn({ token, browser: 'mine', locale: 'en-US', now: T0 })).rejects.toMatchObject(
        unavailable,
      );
      await expect(store.passSignIn(passOf(token))).rejects.toMatchObject(unavailable);
      await sql('UPDATE sign_ins SET content = (SELECT wrapped FROM store_keys)');
      await expect(store.redeemTicket({ ticket: pass.ticket, now: T0 })).rejects.toMatchObject(unavailable);
    });
  });
}
