import { describe, expect, it } from 'vitest';
import {
  attemptOf,
  CALL,
  challengeOf,
  chargeKey,
  claimOf,
  consumeOf,
  fallback,
  HOUR,
  sendOf,
  T0,
  take,
  turn,
  type Opened,
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

export function secrecyRules(opened: () => Opened): void {
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
  });

  describe('the keyring', () => {
    it('gives each purpose a key of its own, and its parts cannot run into each other', () => {
      const { keyring } = opened();
      const macs = [
        keyring.mac('account', ['ab', 'c']),
        keyring.mac('account', ['a', 'bc']),
        keyring.mac('account', ['abc']),
        keyring.mac('account', ['abc', '']),
        keyring.mac('report', ['abc']),
      ];
      expect(new Set(macs).size).toBe(macs.length);
      expect(keyring.mac('report', ['abc'])).toBe(macs[4]);
      for (const mac of macs) expect(mac).toMatch(/^[\w-]{43}$/);
    });
  });

  describe('readiness', () => {
    it('is a durable write', async () => {
      await opened().store.ready(T0);
      await opened().store.ready(T0 + 1);
      expect(await opened().sql('SELECT written_at FROM health')).toEqual([{ written_at: T0 + 1 }]);
    });

    it('is over once the store is closed, after everything asked before was done', async () => {
      const { store } = opened();
      let done = 0;
      for (let n = 0; n < 20; n += 1) void store.ready(T0).then(() => (done += 1));
      const closed = store.close();
      await expect(store.ready(T0)).rejects.toMatchObject({ code: 'store-unavailable' });
      await closed;
      expect(done).toBe(20);
    });
  });
}
