import { describe, expect, it } from 'vitest';
import {
  ACCOUNT,
  attemptOf,
  CALL,
  challengeOf,
  chargeKey,
  claimOf,
  consumeOf,
  fallback,
  HOUR,
  sendOf,
  START,
  T0,
  take,
  turn,
  type OpenedAtRest,
} from './caller.ts';

/** Distinct marks for everything that may not stand in the database as it is. */
const SECRETS = {
  account: 'acct-SECRET-1',
  number: '+12025550187',
  code: '48213765',
  mac: 'mac-SECRET-2',
  nonce: 'nonce-SECRET-3',
  query: 'q=SECRET-4',
  reply: 'reply-SECRET-5',
  report: 'report-SECRET-6',
  challenge: 'challenge-SECRET-7',
  task: 'task-SECRET-8',
  holder: 'holder-SECRET-9',
  url: 'https://voice.example/SECRET-10',
  address: 'somebody@example.com',
};

/** For a store that keeps bytes outside of its process. */
export function atRestRules(opened: () => OpenedAtRest): void {
  describe('the database', () => {
    it('holds no code, account, address, number, nonce or reply as it is', async () => {
      const { store, bytes } = opened();
      const { account, holder, nonce, report, mac, number } = SECRETS;
      const start = claimOf({ kind: 'start', callflow: 'main', query: SECRETS.query }, { holder });
      const held = { id: SECRETS.task, type: 'send-code', startedAt: T0, leaseUntil: T0 + HOUR };
      await take(store, start, { body: SECRETS.reply, nonce, held });
      const found = [{ method: 'email' as const, destination: SECRETS.address }];
      const result = { path: 'sent', lookedUp: { code: SECRETS.code }, found };
      await store.finishTask({ call: CALL, id: SECRETS.task, now: T0, result });
      const typed = claimOf(turn(nonce), { holder, input: { type: 'keys', digits: SECRETS.code } });
      await take(store, typed, { audit: [{ kind: 'exit', at: T0, account, method: 'sms', masked: '***87' }] });
      await take(store, claimOf(fallback(SECRETS.url), { holder }));
      const key = chargeKey({ turn: turn(nonce) });
      const budgets = [{ name: 'destination', value: number, most: 9, within: HOUR }];
      await store.chargeSend(sendOf({ key, account, destination: number, budgets }));
      const challenge = challengeOf({ id: SECRETS.challenge, account, destination: number, mac, report });
      await store.openChallenge(challenge);
      await store.chargeAttempt(attemptOf({ key, account }));
      await store.consumeChallenge(consumeOf(SECRETS.challenge, { key, account }));
      const kept = await bytes();
      expect(kept.includes(CALL)).toBe(true);
      expect(Object.values(SECRETS).filter((secret) => kept.includes(secret))).toEqual([]);
    });

    it('refuses a sealed value that was moved to another call', async () => {
      const { store, sql } = opened();
      await take(store, claimOf(turn('x'), { key: { kind: 'start', callflow: 'main', query: '' } }), { nonce: 'n1' });
      const other = claimOf({ kind: 'start', callflow: 'main', query: '' }, { call: 'CA2' });
      await take(store, other, { nonce: 'n2' });
      await sql(`UPDATE calls SET state = (SELECT state FROM calls WHERE id = '${CALL}') WHERE id = 'CA2'`);
      await expect(store.claimTurn(claimOf(turn('n1'), { call: 'CA2' }))).rejects.toMatchObject({
        code: 'store-unavailable',
      });
    });

    it('holds the secret of an authenticator sealed, for its account and name; a revoked one has none', async () => {
      const { store, sql, bytes } = opened();
      const add = (id: string, account: string) =>
        store.addAuthenticator({ id, account, secret: Buffer.from(`the secret of ${id}`), now: T0 });
      await add('a', SECRETS.account);
      await add('b', ACCOUNT);
      const kept = await bytes();
      expect([kept.includes('the secret of a'), kept.includes(SECRETS.account)]).toEqual([false, false]);
      await sql("UPDATE authenticators SET secret = (SELECT secret FROM authenticators WHERE id = 'a') WHERE id = 'b'");
      await expect(store.authenticatorsOf(ACCOUNT)).rejects.toMatchObject({ code: 'store-unavailable' });
      await store.revokeAuthenticator('b', T0);
      expect(await sql("SELECT secret FROM authenticators WHERE id = 'b'")).toEqual([{ secret: null }]);
    });

    it('holds a call that tells a code sealed, for its own call and token', async () => {
      const { store, sql, bytes } = opened();
      await take(store, claimOf(START));
      const tells = { callflow: 'main', locale: 'en-SECRET', revision: 'r1', digits: 6, key: '7' };
      for (const report of [SECRETS.report, 'other'])
        await store.openChallenge(challengeOf({ account: SECRETS.account, method: 'voice', mac: '', report, tells }));
      const kept = await bytes();
      const secrets = [SECRETS.report, SECRETS.account, tells.locale];
      expect(secrets.filter((secret) => kept.includes(secret))).toEqual([]);
      await sql(
        `UPDATE code_calls SET content = (SELECT content FROM code_calls AS other
           JOIN challenges ON challenges.report_hash = other.report_hash ORDER BY ordinal LIMIT 1)`,
      );
      await expect(store.readCodeCall('other')).rejects.toMatchObject({ code: 'store-unavailable' });
    });

    it('holds a library sealed, and it opens under its own revision only', async () => {
      const { store, sql, bytes } = opened();
      const texts = { callflows: [], prompts: [], builtins: { main: 'words-SECRET-1' }, defaultLocale: 'en-US' };
      for (const revision of ['r1', 'r2']) await store.keepLibrary({ revision, texts, now: T0 });
      expect((await bytes()).includes('words-SECRET-1')).toBe(false);
      await sql(
        "UPDATE libraries SET texts = (SELECT texts FROM libraries WHERE revision = 'r2') WHERE revision = 'r1'",
      );
      await expect(store.readLibrary('r1')).rejects.toMatchObject({ code: 'store-unavailable' });
    });

    it('holds neither the caller nor the account of a look-up in the clear', async () => {
      const { store, bytes } = opened();
      const { account, number: value } = SECRETS;
      await store.chargeLookup({ account, budgets: [{ name: 'lookups', value, most: 2, within: HOUR }], now: T0 });
      const kept = await bytes();
      expect([account, value].filter((secret) => kept.includes(secret))).toEqual([]);
    });

    it('is written to by whoever asks whether it can be', async () => {
      await opened().store.ready(T0);
      await opened().store.ready(T0 + 1);
      expect(await opened().sql('SELECT written_at FROM health')).toEqual([{ written_at: T0 + 1 }]);
    });
  });
}
