import { describe, expect, it } from 'vitest';
import {
  attemptOf,
  begin,
  CALL,
  challengeOf,
  claimOf,
  consumeOf,
  DAY,
  HOUR,
  mustWin,
  OTHER_START,
  reply,
  RETENTION,
  saveOf,
  sendOf,
  START,
  T0,
  take,
  turn,
  type Opened,
} from './caller.ts';

const NO_CONTENT = { turns: 0, tasks: 0, charges: 0, challenges: 0 };
const NOTHING = { ...NO_CONTENT, calls: 0, grants: 0, audit: 0 };

/** A call in which every table got a row. */
async function wholeCall({ store }: Opened): Promise<string> {
  const held = { id: 't', type: 'send-code', startedAt: T0, leaseUntil: T0 };
  const nonce = await take(store, claimOf(START), { held });
  await store.chargeSend(sendOf());
  const challenge = challengeOf();
  await store.openChallenge(challenge);
  await store.chargeAttempt(attemptOf());
  await store.consumeChallenge(consumeOf(challenge.id));
  return nonce;
}

export function endRules(opened: () => Opened): void {
  describe('the end of a call', () => {
    it('by a hang-up voids the live code and every later one, and nothing reopens', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      const challenge = challengeOf();
      await store.openChallenge(challenge);
      await store.chargeAttempt(attemptOf());
      await store.endCall(CALL, T0, 'completed');
      await store.endCall(CALL, T0 + HOUR, 'busy');
      expect(await store.consumeChallenge(consumeOf(challenge.id))).toEqual({ kind: 'refused' });
      await store.openChallenge(challengeOf());
      expect(await store.chargeAttempt(attemptOf())).toEqual({ kind: 'finished' });
      for (const key of [turn(nonce), turn('other')]) {
        expect(await store.claimTurn(claimOf(key))).toEqual({ kind: 'ended' });
      }
      expect(await store.phaseOf(CALL, T0)).toBe('ended');
      expect((await opened().audit()).filter(({ kind }) => kind === 'end')).toMatchObject([
        { at: T0, detail: 'completed' },
      ]);
    });

    it('of an unknown call changes nothing', async () => {
      const { store } = opened();
      await store.endCall(CALL, T0, 'completed');
      expect([await store.phaseOf(CALL, T0), await store.readCall(CALL)]).toEqual([null, null]);
    });

    it('while a turn runs keeps its reply and stays the end', async () => {
      const { store } = opened();
      const claim = claimOf(turn(await begin(store)));
      const won = mustWin(await store.claimTurn(claim));
      await store.endCall(CALL, T0, 'completed');
      await store.openChallenge(challengeOf());
      expect(await store.saveTurn(saveOf(claim, won, { body: 'too late' }))).toEqual({ kind: 'saved' });
      expect(await store.claimTurn(claimOf(claim.key))).toEqual({ kind: 'saved', reply: reply('too late') });
      expect(await store.phaseOf(CALL, T0)).toBe('ended');
      expect(await store.chargeAttempt(attemptOf())).toEqual({ kind: 'finished' });
    });

    it('by a saved turn voids the live code', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      await store.openChallenge(challengeOf());
      await take(store, claimOf(turn(nonce)), { phase: 'ended' });
      expect(await store.chargeAttempt(attemptOf())).toEqual({ kind: 'finished' });
      expect(await store.phaseOf(CALL, T0)).toBe('ended');
    });

    it('is near when it is put through to a person: the live code is void, and no start comes back', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      await store.openChallenge(challengeOf());
      const waiting = { for: 'dial', exit: { callflow: 'main', exit: 'agent' } } as const;
      await take(store, claimOf(turn(nonce)), { waiting });
      expect(await store.chargeAttempt(attemptOf())).toEqual({ kind: 'finished' });
      expect(await store.claimTurn(claimOf(OTHER_START))).toEqual({ kind: 'ended' });
    });

    it('is not yet when the call is handed over: the live code is void, and no fresh turn is known', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      await store.openChallenge(challengeOf());
      await take(store, claimOf(turn(nonce)), { body: 'over to you', phase: 'away', nonce: '' });
      expect(await store.chargeAttempt(attemptOf())).toEqual({ kind: 'finished' });
      expect(await store.claimTurn(claimOf(turn(nonce)))).toEqual({ kind: 'saved', reply: reply('over to you') });
      for (const unknown of ['', 'other'])
        expect(await store.claimTurn(claimOf(turn(unknown)))).toEqual({ kind: 'unknown' });
      expect(await store.phaseOf(CALL, T0)).toBe('away');
    });

    it.each([
      ['a hang-up', 0],
      ['4 silent hours', 4 * HOUR],
    ])('comes to a call that was handed over by %s, and then no start comes back', async (_how, later) => {
      const { store } = opened();
      await take(store, claimOf(START), { phase: 'away', nonce: '' });
      if (later === 0) await store.endCall(CALL, T0, 'completed');
      expect(await store.claimTurn(claimOf(OTHER_START, { now: T0 + later }))).toEqual({ kind: 'ended' });
      expect(await store.phaseOf(CALL, T0 + later)).toBe('ended');
    });

    it('comes by itself after 4 hours without a webhook', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      expect(await store.phaseOf(CALL, T0 + 4 * HOUR - 1)).toBe('active');
      expect(await store.phaseOf(CALL, T0 + 4 * HOUR)).toBe('ended');
      expect(await store.claimTurn(claimOf(turn(nonce), { now: T0 + HOUR }))).toEqual({ kind: 'ended' });
    });

    it('after 4 silent hours is noticed by a consume, whatever time its code has left', async () => {
      const { store } = opened();
      await begin(store);
      const challenge = challengeOf({ expiresAt: T0 + DAY });
      await store.openChallenge(challenge);
      const late = consumeOf(challenge.id, { now: T0 + 4 * HOUR, deadline: T0 + DAY });
      expect(await store.consumeChallenge(late)).toEqual({ kind: 'refused' });
    });

    it('is found by a sweep as well', async () => {
      const { store } = opened();
      await begin(store);
      await store.openChallenge(challengeOf({ expiresAt: T0 + DAY }));
      await store.sweep(T0 + 4 * HOUR - 1, RETENTION);
      expect(await store.readCall(CALL)).toMatchObject({ phase: 'active' });
      await store.sweep(T0 + 4 * HOUR, RETENTION);
      expect(await store.readCall(CALL)).toMatchObject({ phase: 'ended' });
      expect(await store.chargeAttempt(attemptOf({ now: T0 + 4 * HOUR }))).toEqual({ kind: 'finished' });
    });
  });

  describe('a sweep', () => {
    it('keeps replies for a day after the end, and the CallSid as long as the audit trail', async () => {
      const { store } = opened();
      await wholeCall(opened());
      await store.endCall(CALL, T0, 'completed');
      await store.sweep(T0 + DAY - 1, RETENTION);
      expect(await store.claimTurn(claimOf(START))).toMatchObject({ kind: 'saved' });
      await store.sweep(T0 + DAY, RETENTION);
      expect(await store.countRows()).toMatchObject(NO_CONTENT);
      expect(await opened().states()).toBe(0);
      for (const key of [START, turn('any')]) {
        expect(await store.claimTurn(claimOf(key, { now: T0 + DAY }))).toEqual({ kind: 'ended' });
      }
      await store.sweep(T0 + RETENTION.auditMs - 1, RETENTION);
      expect(await store.countRows()).toMatchObject({ calls: 1, grants: 1 });
      await store.sweep(T0 + RETENTION.auditMs, RETENTION);
      expect(await store.countRows()).toMatchObject(NOTHING);
    });

    it('removes, and counts, what was written into a call after its purge', async () => {
      const { store } = opened();
      await begin(store);
      await store.endCall(CALL, T0, 'completed');
      await store.sweep(T0 + DAY, RETENTION);
      await store.openChallenge(challengeOf());
      const gone = await store.sweep(T0 + RETENTION.auditMs, RETENTION);
      expect(gone).toMatchObject({ calls: 1, challenges: 1 });
      expect(await store.countRows()).toMatchObject(NOTHING);
    });

    it('leaves calls in progress alone', async () => {
      const { store } = opened();
      await wholeCall(opened());
      const before = await store.countRows();
      await store.sweep(T0 + HOUR, RETENTION);
      expect(await store.countRows()).toEqual(before);
    });

    it('clears more than one batch at a time', async () => {
      const { store } = opened();
      await Promise.all(Array.from({ length: 450 }, (_, n) => store.claimTurn(claimOf(START, { call: `CA${n}` }))));
      for (const now of [T0 + 4 * HOUR, T0 + 2 * DAY, T0 + 200 * DAY]) await store.sweep(now, RETENTION);
      expect(await store.countRows()).toMatchObject(NOTHING);
    });
  });

  describe('the summary of a call', () => {
    it('tells where it is and what was counted, without a secret', async () => {
      const { store, keyring } = opened();
      expect(await store.readCall(CALL)).toBeNull();
      const place = { callflow: 'two-factor', revision: 'r7', block: 'enter-code', exit: 'success' };
      await take(store, claimOf(START), { place });
      await store.chargeSend(sendOf());
      await store.openChallenge(challengeOf({ report: 'token 1' }));
      expect(await store.readCall(CALL)).toEqual({
        call: CALL,
        phase: 'active',
        ...place,
        entries: 1,
        turns: 1,
        sends: 1,
        attempts: 0,
        grants: 0,
        startedAt: T0,
        lastSeenAt: T0,
        challenges: [
          { method: 'sms', masked: '***23', issuedAt: T0, attempts: 0, report: keyring.mac('report', ['token 1']) },
        ],
      });
    });
  });
}
