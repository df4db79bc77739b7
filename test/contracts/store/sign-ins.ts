import { describe, expect, it } from 'vitest';
import type { Store } from '../../../src/core/contracts/store.ts';
import {
  ACCOUNT,
  attemptOf,
  begin,
  CALL,
  challengeOf,
  consumeOf,
  DAY,
  failTimes,
  MINUTE,
  RETENTION,
  T0,
  type Opened,
} from './caller.ts';
import { locks, opens, passes, passOf, signInOf } from './remembered.ts';

const visit = (
  store: Store,
  token: string,
  changes: { readonly browser?: string; readonly locale?: string; readonly now?: number } = {},
) => store.visitSignIn({ token, browser: 'mine', locale: 'en-US', now: T0, ...changes });
const redeem = (store: Store, ticket: string, now = T0) => store.redeemTicket({ ticket, now });
const GOOD = { user: ' 4711-Account ', ttl: 3_600 };

/** Times of a clock at which what lasts so long from `T0` on is not there. */
const timesOutside = (lasts: number): readonly (readonly [when: string, now: number])[] => [
  ['a moment before it began', T0 - 1],
  ['a clock a day behind', T0 - DAY],
  ['a moment after its end', T0 + lasts + 1],
  ['a clock that cannot be read', Number.NaN],
];

export function signInRules(opened: () => Opened): void {
  pageRules(opened);
  passRules(opened);
  ticketRules(opened);
}

function pageRules(opened: () => Opened): void {
  describe('the page of a web sign-in', () => {
    it('is the first browser’s that comes, with all that the sign-in was opened with', async () => {
      const { store } = opened();
      const { now: _, ...signIn } = signInOf({ user: 'Zoë ', returnTo: 'https://app.example/?a=é' });
      await store.openSignIn({ ...signIn, now: T0 });
      const open = { kind: 'open', signIn: { ...signIn, locale: 'en-US', remember: false, isPassed: false } };
      expect(await visit(store, signIn.token)).toEqual(open);
      expect(await visit(store, signIn.token, { browser: 'another' })).toEqual({ kind: 'of-another' });
      expect(await visit(store, signIn.token, { now: T0 + 10 * MINUTE })).toEqual(open);
    });

    it('is told apart for another browser after its end as well', async () => {
      const { store } = opened();
      const token = await opens(store);
      await visit(store, token);
      const now = T0 + 10 * MINUTE + 1;
      expect(await visit(store, token, { browser: 'another', now })).toEqual({ kind: 'of-another' });
      expect(await visit(store, token, { now })).toEqual({ kind: 'expired' });
    });

    it('50 browsers at once: one has it', async () => {
      const { store } = opened();
      const token = await opens(store);
      const race = await Promise.all(Array.from({ length: 50 }, (_, n) => visit(store, token, { browser: `b${n}` })));
      expect(race.filter(({ kind }) => kind === 'open')).toHaveLength(1);
      expect(race.filter(({ kind }) => kind === 'of-another')).toHaveLength(49);
    });

    it('of one sign-in is bound to its own: the same browser may have several', async () => {
      const { store } = opened();
      const [one, two] = [await opens(store), await opens(store)];
      await visit(store, one);
      expect(await visit(store, two, { browser: 'another' })).toMatchObject({ kind: 'open' });
      expect(await visit(store, two)).toEqual({ kind: 'of-another' });
    });

    it.each(['', 'unknown'])('"%s" is of no sign-in', async (token) => {
      const { store } = opened();
      await opens(store);
      expect(await visit(store, token)).toEqual({ kind: 'unknown' });
      await store.wishSignIn({ token, remember: true });
      expect(await store.passSignIn(passOf(token))).toBe(false);
    });

    it.each(timesOutside(10 * MINUTE))('is over at %s, and binds nobody', async (_when, now) => {
      const { store } = opened();
      const token = await opens(store);
      expect(await visit(store, token, { browser: 'another', now })).toEqual({ kind: 'expired' });
      expect(await store.passSignIn(passOf(token, { now }))).toBe(false);
      expect(await visit(store, token)).toMatchObject({ kind: 'open' });
    });

    it('keeps what its user said last about remembering the browser', async () => {
      const { store } = opened();
      const token = await opens(store);
      for (const remember of [true, false, true]) {
        await store.wishSignIn({ token, remember });
        expect(await visit(store, token)).toMatchObject({ signIn: { remember } });
      }
    });

    it('has an address of its own: another sign-in under it is refused', async () => {
      const { store } = opened();
      const token = await opens(store);
      await expect(opens(store, { token, account: 'other' })).rejects.toMatchObject({ code: 'store-unavailable' });
      expect(await visit(store, token)).toMatchObject({ signIn: { account: ACCOUNT } });
    });

    it('is swept a day after its end', async () => {
      const { store } = opened();
      const token = await opens(store);
      const end = T0 + 10 * MINUTE + DAY;
      expect(await store.sweep(end - 1, RETENTION)).toMatchObject({ sign_ins: 0 });
      expect(await store.sweep(end, RETENTION)).toMatchObject({ sign_ins: 1 });
      expect(await visit(store, token, { now: end })).toEqual({ kind: 'unknown' });
    });
  });
}

function passRules(opened: () => Opened): void {
  describe('a web sign-in', () => {
    it('passes again for a browser that asks twice, until a ticket is redeemed: only the newest one is good', async () => {
      const { store } = opened();
      const token = await opens(store);
      const [first, second] = [passOf(token), passOf(token)];
      expect(await store.passSignIn(first)).toBe('first');
      expect(await store.passSignIn(second)).toBe('again');
      expect(await visit(store, token)).toMatchObject({ kind: 'open', signIn: { isPassed: true } });
      expect(await redeem(store, first.ticket)).toBeNull();
      expect(await redeem(store, second.ticket)).toEqual(GOOD);
      expect(await store.passSignIn(passOf(token))).toBe(false);
    });

    it('50 at once: one ticket is good', async () => {
      const { store } = opened();
      const token = await opens(store);
      const tickets = Array.from({ length: 50 }, () => passOf(token));
      const passed = await Promise.all(tickets.map((pass) => store.passSignIn(pass)));
      expect(passed.filter((each) => each === 'first')).toHaveLength(1);
      const redeemed = await Promise.all(tickets.map(({ ticket }) => redeem(store, ticket)));
      expect(redeemed.filter((each) => each !== null)).toEqual([GOOD]);
    });

    it('goes on in the language of its first visit', async () => {
      const { store } = opened();
      const token = await opens(store);
      await visit(store, token, { locale: 'es-ES' });
      expect(await visit(store, token, { locale: 'en-US' })).toMatchObject({ signIn: { locale: 'es-ES' } });
    });

    it('of an account that is locked does not pass; one that its own right tenth code has cleared does', async () => {
      const { store } = opened();
      const token = await opens(store);
      await locks(store);
      expect(await store.passSignIn(passOf(token))).toBe(false);
      await store.openAccount(ACCOUNT, T0);
      const consume = await withTenthAttempt(store);
      expect(await store.consumeChallenge(consume)).toEqual({ kind: 'granted' });
      expect(await store.passSignIn(passOf(token))).toBe('first');
    });

    it('passes by a code only where its own call has proved its own account', async () => {
      const { store } = opened();
      const [own, ofAnother, elsewhere] = [
        await opens(store, { call: CALL }),
        await opens(store, { call: CALL, account: 'other' }),
        await opens(store, { call: 'web-2' }),
      ];
      const pass = (token: string) => store.passSignIn(passOf(token, { byCode: true }));
      await begin(store);
      expect(await pass(own)).toBe(false);
      const challenge = challengeOf();
      await store.openChallenge(challenge);
      await store.consumeChallenge(consumeOf(challenge.id));
      expect([await pass(own), await pass(ofAnother), await pass(elsewhere)]).toEqual(['first', false, false]);
    });

    it('leaves in the audit trail that it was opened, passed and redeemed, under its call', async () => {
      const { store, audit, keyring } = opened();
      const ticket = await passes(store, { call: 'web-1' });
      for (const now of [T0 + 1, T0 + 2]) await redeem(store, ticket, now);
      const account = keyring.mac('account', [ACCOUNT]);
      const of = { call: 'web-1', kind: 'sign-in', account, method: null, masked: null };
      expect(await audit()).toEqual([
        { ...of, at: T0, detail: 'opened' },
        { ...of, at: T0, detail: 'passed' },
        { ...of, at: T0 + 1, detail: 'redeemed' },
      ]);
    });

    it('that needs no code leaves in the audit trail who was exempt', async () => {
      const { store, audit, keyring } = opened();
      await store.noteExemption({ call: 'web-2', account: ACCOUNT, now: T0 });
      const account = keyring.mac('account', [ACCOUNT]);
      expect(await audit()).toMatchObject([{ call: 'web-2', kind: 'sign-in', account, at: T0, detail: 'exempt' }]);
    });

    it('whose end cannot be believed is over', async () => {
      const { store, damage } = opened();
      const token = await opens(store);
      const ticket = await passes(store);
      await damage({ expiresAt: -1 });
      expect(await visit(store, token)).toEqual({ kind: 'expired' });
      expect(await store.passSignIn(passOf(token))).toBe(false);
      expect(await redeem(store, ticket)).toBeNull();
    });
  });
}

/** What consumes a right code that was the tenth in a row. */
async function withTenthAttempt(store: Store) {
  const challenge = challengeOf();
  await failTimes(store, 9);
  await store.openChallenge(challenge);
  const attempt = attemptOf();
  const charged = await store.chargeAttempt(attempt);
  return consumeOf(challenge.id, { key: attempt.key, failures: charged.kind === 'charged' ? charged.failures : 0 });
}

function ticketRules(opened: () => Opened): void {
  describe('a ticket', () => {
    it('is worth its user as the platform wrote it, and the time that was set, once', async () => {
      const { store } = opened();
      const ticket = await passes(store);
      expect(await redeem(store, ticket, T0 + MINUTE)).toEqual(GOOD);
      expect(await redeem(store, ticket, T0 + MINUTE)).toBeNull();
    });

    it('50 times at once: it is worth something once', async () => {
      const { store } = opened();
      const ticket = await passes(store);
      const race = await Promise.all(Array.from({ length: 50 }, () => redeem(store, ticket)));
      expect(race.filter((each) => each !== null)).toEqual([GOOD]);
    });

    it.each(timesOutside(MINUTE))('is worth nothing at %s, nor afterwards', async (_when, now) => {
      const { store } = opened();
      const ticket = await passes(store);
      expect(await redeem(store, ticket, now)).toBeNull();
      expect(await redeem(store, ticket)).toBeNull();
    });

    it.each(['', 'unknown', 'TICKET-OF-MINE', 'ticket-of-min'])('"%s" is of nobody', async (other) => {
      const { store } = opened();
      await opens(store);
      await store.passSignIn(passOf(await opens(store), { ticket: 'ticket-of-mine' }));
      expect(await redeem(store, other)).toBeNull();
      expect(await redeem(store, 'ticket-of-mine')).toEqual(GOOD);
    });

    it('is void once wrong codes on the telephone have locked its account, and stays so when it is opened', async () => {
      const { store } = opened();
      const [mine, others] = [await passes(store), await passes(store, { account: 'other' })];
      await locks(store);
      await store.openAccount(ACCOUNT, T0);
      expect(await redeem(store, mine)).toBeNull();
      expect(await redeem(store, others)).toEqual(GOOD);
    });

    it.each([Number.NaN, -1])('of an authorisation for %f seconds cannot be believed', async (ttl) => {
      const { store } = opened();
      const pass = passOf(await opens(store), { ttl });
      const passed = await store.passSignIn(pass).catch(() => false);
      expect(passed && (await redeem(store, pass.ticket))).toBeFalsy();
    });
  });
}
