import { describe, expect, it } from 'vitest';
import type { CodeCallMade, CodeCallTurn, CodeToTell } from '../../../src/core/contracts/code-calls.ts';
import type { NewChallenge } from '../../../src/core/contracts/codes.ts';
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
  SECOND,
  T0,
  type Opened,
} from './caller.ts';

const TOKEN = 'code-call-SECRET-1';
const TELLS: CodeToTell = { callflow: 'main', locale: 'en-US', revision: 'r1', digits: 6, key: '7' };
const KEY = { type: 'key', key: TELLS.key } as const;
const OTHER_KEY = { type: 'key', key: '8' } as const;
const NOTHING = { type: 'nothing' } as const;

/** A caller's call that waits, and the code that the call under the token may tell. */
async function placed(store: Store, changes: Partial<NewChallenge> = {}): Promise<NewChallenge> {
  await begin(store);
  const challenge = challengeOf({ method: 'voice', mac: '', report: TOKEN, tells: TELLS, ...changes });
  await store.openChallenge(challenge);
  return challenge;
}

function step(store: Store, number: number, changes: Partial<CodeCallTurn> = {}): Promise<CodeCallMade> {
  return store.stepCodeCall({ token: TOKEN, step: number, input: KEY, now: T0, mac: `mac-${number}`, ...changes });
}

/** The call is answered, and the key is pressed. */
async function told(store: Store): Promise<CodeCallMade> {
  await step(store, 0, { input: NOTHING });
  return step(store, 1);
}

/** The hash that an attempt of the caller is compared with. */
async function comparedWith(store: Store): Promise<string> {
  const charged = await store.chargeAttempt(attemptOf());
  return charged.kind === 'charged' ? charged.challenge.mac : charged.kind;
}

/** What takes the right to tell a code away. */
const ENDS: readonly (readonly [what: string, happens: (store: Store, id: string) => Promise<unknown>])[] = [
  ['was closed', (store) => store.closeChallenges(CALL, T0, 'account-changed')],
  ['was replaced by a newer one', (store) => store.openChallenge(challengeOf())],
  ['was used', (store, id) => store.consumeChallenge(consumeOf(id))],
  ['belongs to a call that has ended', (store) => store.endCall(CALL, T0, 'completed')],
];

export function codeCallRules(opened: () => Opened): void {
  describe('a call that tells a code', () => {
    it('is found under its token, with what its codes are good for and how it speaks', async () => {
      const { store } = opened();
      const { id } = await placed(store);
      const binding = { challenge: id, call: CALL, account: ACCOUNT, method: 'voice' };
      expect(await store.readCodeCall(TOKEN)).toEqual({ binding, tells: TELLS });
    });

    it.each(['another', ''])('is not found under the token "%s"', async (token) => {
      const { store } = opened();
      await placed(store);
      expect(await store.readCodeCall(token)).toBeNull();
      expect(await step(store, 0, { token, input: NOTHING })).toMatchObject({ step: { said: 'nothing' }, told: false });
      expect(await store.endCodeCall({ token, now: T0 })).toBeNull();
    });

    it('is none where the code was sent in a message', async () => {
      const { store } = opened();
      await begin(store);
      await store.openChallenge(challengeOf({ report: TOKEN }));
      expect(await store.readCodeCall(TOKEN)).toBeNull();
    });

    it('asks for the key, tells the code, and from then on that code counts', async () => {
      const { store } = opened();
      await placed(store);
      expect(await comparedWith(store)).toBe('');
      expect(await step(store, 0, { input: NOTHING })).toEqual({ step: { said: 'key' }, next: 1, told: false });
      expect(await step(store, 1)).toEqual({ step: { said: 'code', more: true }, next: 2, told: true });
      expect(await comparedWith(store)).toBe('mac-1');
    });

    it('tells another code in the place of the one before, three in all, and keeps the attempts', async () => {
      const { store } = opened();
      await placed(store);
      await told(store);
      await comparedWith(store);
      const more = [await step(store, 2), await step(store, 3), await step(store, 4)];
      expect(more.map(({ step: { said }, told: isTold }) => [said, isTold])).toEqual([
        ['code', true],
        ['code', true],
        ['goodbye', false],
      ]);
      expect(await store.chargeAttempt(attemptOf())).toMatchObject({ attempt: 2, challenge: { mac: 'mac-3' } });
    });

    it('tells a code once: a repeat hears the question after it, and changes nothing', async () => {
      const { store } = opened();
      await placed(store);
      await told(store);
      const repeat = await step(store, 1, { mac: 'mac of the repeat' });
      expect(repeat).toEqual({ step: { said: 'again' }, next: 2, told: false });
      expect(await comparedWith(store)).toBe('mac-1');
    });

    it('tells it to one of 20 requests at once', async () => {
      const { store } = opened();
      await placed(store);
      await step(store, 0, { input: NOTHING });
      const made = await Promise.all(Array.from({ length: 20 }, (_, n) => step(store, 1, { mac: `mac ${n}` })));
      const winners = made.flatMap(({ told: isTold }, n) => (isTold ? [`mac ${n}`] : []));
      expect(winners).toHaveLength(1);
      expect(await comparedWith(store)).toBe(winners[0]);
    });

    it('a Redirect back to the question that stands hears it again, and is no step', async () => {
      const { store } = opened();
      await placed(store);
      await step(store, 0, { input: NOTHING });
      expect(await step(store, 1, { input: NOTHING })).toEqual({ step: { said: 'key' }, next: 1, told: false });
      expect((await step(store, 1)).told).toBe(true);
    });

    it('says nothing at a step that is not due yet', async () => {
      const { store } = opened();
      await placed(store);
      expect(await step(store, 1)).toEqual({ step: { said: 'nothing' }, next: 1, told: false });
      expect(await comparedWith(store)).toBe('');
    });

    it('tells nothing for another key, and nothing to a machine', async () => {
      const { store } = opened();
      await placed(store);
      await step(store, 0, { input: NOTHING });
      expect(await step(store, 1, { input: OTHER_KEY })).toMatchObject({ step: { said: 'key' }, told: false });
      expect(await step(store, 2, { input: { type: 'machine' } })).toMatchObject({ step: { said: 'nothing' } });
      expect(await comparedWith(store)).toBe('');
    });

    it.each(ENDS)('says goodbye in place of a code that %s', async (_what, happens) => {
      const { store } = opened();
      const { id } = await placed(store);
      await step(store, 0, { input: NOTHING });
      await happens(store, id);
      expect(await step(store, 1)).toEqual({ step: { said: 'goodbye' }, next: 2, told: false });
    });

    it('says goodbye at once where the account is locked', async () => {
      const { store } = opened();
      await begin(store);
      await failTimes(store, 10);
      await store.openChallenge(challengeOf({ method: 'voice', mac: '', report: TOKEN, tells: TELLS }));
      expect(await step(store, 0, { input: NOTHING })).toMatchObject({ step: { said: 'goodbye' }, told: false });
    });

    it('says goodbye once the time of the code is over', async () => {
      const { store } = opened();
      await placed(store);
      await step(store, 0, { input: NOTHING });
      expect(await step(store, 1, { now: T0 + 5 * MINUTE + 1 })).toMatchObject({
        step: { said: 'goodbye' },
        told: false,
      });
    });

    it('leaves in the audit trail that a code was told, and not which', async () => {
      const { store, audit, keyring } = opened();
      await placed(store);
      await told(store);
      const account = keyring.mac('account', [ACCOUNT]);
      expect(await audit()).toEqual([
        { call: CALL, at: T0, kind: 'report', account, method: 'voice', masked: '***23', detail: 'told' },
      ]);
    });

    it('is kept as long as its call', async () => {
      const { store } = opened();
      await placed(store);
      await store.endCall(CALL, T0, 'completed');
      await store.sweep(T0 + DAY - 1, RETENTION);
      expect(await store.readCodeCall(TOKEN)).not.toBeNull();
      await store.sweep(T0 + DAY, RETENTION);
      expect(await store.readCodeCall(TOKEN)).toBeNull();
    });
  });

  describe('the end of a call that tells a code', () => {
    const ends = (store: Store, now = T0 + SECOND) => store.endCodeCall({ token: TOKEN, now });

    it('without one reports it as not delivered, once', async () => {
      const { store, audit } = opened();
      await placed(store);
      await step(store, 0, { input: NOTHING });
      expect([await ends(store), await ends(store)]).toEqual([CALL, null]);
      expect(await audit()).toMatchObject([{ kind: 'report', detail: 'failed' }]);
    });

    it('that has told one reports nothing', async () => {
      const { store } = opened();
      await placed(store);
      await told(store);
      expect(await ends(store)).toBeNull();
      expect(await comparedWith(store)).toBe('mac-1');
    });

    it('is the end: no key tells a code any more', async () => {
      const { store } = opened();
      await placed(store);
      await step(store, 0, { input: NOTHING });
      await ends(store);
      expect(await step(store, 1)).toEqual({ step: { said: 'nothing' }, next: 1, told: false });
      expect(await comparedWith(store)).toBe('');
    });
  });
}
