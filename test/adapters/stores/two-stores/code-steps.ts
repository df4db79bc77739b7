import fc from 'fast-check';
import type { CodeCallInput } from '../../../../src/core/verification/code-call.ts';
import type { CloseReason, NewChallenge } from '../../../../src/core/contracts/codes.ts';
import { challengeOf, DAY, MINUTE, SECOND } from '../../../contracts/store/caller.ts';
import { aCall, aKey, aMethod, anAccount, someBudgets, stepOf, type Step } from './step.ts';

const aCode = fc.constantFrom('c1', 'c2', 'c3', 'c4');
const WHY = fc.constantFrom<CloseReason>('send-failed', 'wrong', 'account-changed', 'locked');
const TELLS = { callflow: 'main', locale: 'en-US', revision: 'r1', digits: 6, key: '7' };
const PRESSED: CodeCallInput = { type: 'key', key: TELLS.key };
const AN_INPUT = fc.constantFrom<CodeCallInput>(
  { type: 'nothing' },
  PRESSED,
  PRESSED,
  { type: 'key', key: '8' },
  { type: 'silence' },
  { type: 'machine' },
);
const AUTHENTICATORS = fc.constantFrom('a1', 'a2');

/** Tokens are random: no two codes share one. */
const tokenOf = (call: string, id: string): string => `report of ${id} in ${call}`;
const aToken = fc.record({ call: aCall, id: aCode }).map(({ call, id }) => tokenOf(call, id));
/** Mostly what is about the newest code. */
const IS_NEWEST = fc.constantFrom(true, true, true, false);

const opens = stepOf(
  'openChallenge',
  fc.record({
    id: aCode,
    call: aCall,
    account: anAccount,
    method: fc.constantFrom('sms', 'voice', 'voice', 'authenticator'),
    attempts: fc.constantFrom(0, 1, 3, 3, 20, 20),
    lasts: fc.constantFrom(5 * MINUTE, 5 * MINUTE, DAY),
  }),
  ({ lasts, ...drawn }, play) => {
    const { now } = play;
    const kept = { ...drawn, destination: '+12025550123', masked: '***23', mac: `mac of ${drawn.id}` };
    const sent = { report: tokenOf(drawn.call, drawn.id), issuedAt: now, expiresAt: now + lasts };
    const challenge: NewChallenge = { ...kept, ...sent, ...(drawn.method === 'voice' ? { tells: TELLS } : {}) };
    return {
      of: (store) => store.openChallenge(challenge),
      heard() {
        play.newest = challenge;
      },
    };
  },
);

const attempt = fc.record({ key: aKey, account: anAccount });

/** Mostly under a key that nobody has used; sometimes under the one that was charged last. */
const charges = stepOf(
  'chargeAttempt',
  fc.record({ isNewest: IS_NEWEST, under: fc.constantFrom('new', 'new', 'new', 'same', 'same', 'any'), attempt }),
  ({ isNewest, under, attempt: { key, account } }, play) => {
    const { now, newest, tried } = play;
    const turn = under === 'new' ? ({ kind: 'turn', nonce: play.fresh('nonce') } as const) : key.turn;
    const about = isNewest && newest ? newest : { call: key.call, account };
    const other = { key: { ...key, turn, call: about.call }, account: about.account };
    const attempted = under === 'same' && tried ? tried : other;
    return {
      of: (store) => store.chargeAttempt({ ...attempted, now }),
      heard() {
        play.tried = attempted;
      },
    };
  },
);

/** Wrong codes in a row, each against a new one: the way to a lock. */
const guesses = stepOf('chargeAttempt', fc.record({ call: aCall, account: anAccount }), (of, play) => {
  const names = Array.from({ length: 9 }, () => play.fresh('guess'));
  const issued = { issuedAt: play.now, expiresAt: play.now + MINUTE };
  return async (store) => {
    const answers = [];
    for (const id of names) {
      await store.openChallenge(challengeOf({ ...of, ...issued, id, mac: '', report: id }));
      const key = { call: of.call, turn: { kind: 'turn', nonce: id }, entry: 1, n: '1' } as const;
      answers.push(await store.chargeAttempt({ key, account: of.account, now: play.now }));
    }
    return answers;
  };
});

const consumes = stepOf(
  'consumeChallenge',
  fc.record({
    isNewest: IS_NEWEST,
    key: aKey,
    challenge: aCode,
    account: anAccount,
    failures: fc.constantFrom(1, 2, 10),
    within: fc.constantFrom(20 * SECOND, 20 * SECOND, -1),
    step: fc.option(fc.record({ authenticator: AUTHENTICATORS, step: fc.integer({ min: 1, max: 9 }) }), { freq: 2 }),
  }),
  ({ isNewest, within, step, ...drawn }, { now, newest, tried }) => {
    const isMeant = isNewest && newest && tried?.key.call === newest.call;
    const about = isMeant ? { ...tried, challenge: newest.id } : {};

    const consume = { ...drawn, ...about, ...(step === null ? {} : { proof: step }), now, deadline: now + within };
    return (store) => store.consumeChallenge(consume);
  },
);

const reports = stepOf(
  'reportFailed',
  fc.record({ isNewest: IS_NEWEST, token: aToken, method: aMethod }),
  ({ isNewest, token, method }, { now, newest }) => {
    const report = isNewest && newest ? { token: newest.report, method: newest.method } : { token, method };
    return (store) => store.reportFailed({ ...report, now });
  },
);

/** Requests of a call that tells codes, mostly of the newest code and from the first on. */
const tellings = stepOf(
  'stepCodeCall',
  fc.record({
    isNewest: IS_NEWEST,
    token: aToken,
    first: fc.constantFrom(0, 0, 1, 2),
    inputs: fc.array(AN_INPUT, { minLength: 1, maxLength: 4 }),
  }),
  ({ isNewest, token, first, inputs }, { now, newest }) => {
    const asked = isNewest && newest ? newest.report : token;
    return async (store) => {
      const made = [];
      for (const [n, input] of inputs.entries()) {
        const mac = `mac of ${n} at ${now}`;
        made.push(await store.stepCodeCall({ token: asked, step: first + n, input, now, mac }));
      }
      return made;
    };
  },
);

/** Codes, attempts and what becomes of them. */
export const CODE_STEPS: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 12, arbitrary: opens },
  { weight: 12, arbitrary: charges },
  { weight: 2, arbitrary: guesses },
  { weight: 9, arbitrary: consumes },
  { weight: 4, arbitrary: reports },
  { weight: 6, arbitrary: tellings },
  {
    weight: 3,
    arbitrary: stepOf(
      'refundAttempt',
      fc.record({ isTried: IS_NEWEST, attempt }),
      ({ isTried, attempt: other }, { now, tried }) =>
        (store) =>
          store.refundAttempt({ ...(isTried && tried ? tried : other), now }),
    ),
  },
  {
    weight: 1,
    arbitrary: stepOf(
      'closeChallenges',
      fc.record({ call: aCall, why: WHY }),
      ({ call, why }, { now }) =>
        (store) =>
          store.closeChallenges(call, now, why),
    ),
  },
  {
    weight: 1,
    arbitrary: stepOf(
      'closeChallenge',
      fc.record({ call: aCall, id: aCode, why: WHY }),
      (code, { now }) =>
        (store) =>
          store.closeChallenge({ ...code, now }),
    ),
  },
  {
    weight: 1,
    arbitrary: stepOf(
      'closeUndelivered',
      aCall,
      (call, { now }) =>
        (store) =>
          store.closeUndelivered(call, now),
    ),
  },
  { weight: 1, arbitrary: stepOf('readCodeCall', aToken, (token) => (store) => store.readCodeCall(token)) },
  {
    weight: 1,
    arbitrary: stepOf('endCodeCall', fc.option(aToken), (token, { now, newest }) => {
      const ended = token ?? newest?.report ?? '';
      return (store) => store.endCodeCall({ token: ended, now });
    }),
  },
  {
    weight: 6,
    arbitrary: stepOf(
      'chargeSend',
      fc.record({
        key: aKey,
        account: anAccount,
        method: aMethod,
        most: fc.constantFrom(0, 9, 9, 9),
        spacing: fc.constantFrom(0, 20 * SECOND),
        budgets: someBudgets,
      }),
      (drawn, { now }) =>
        (store) =>
          store.chargeSend({ ...drawn, now, destination: '+12025550123', masked: '***23' }),
    ),
  },
  {
    weight: 2,
    arbitrary: stepOf(
      'refundSend',
      aKey,
      (key, { now }) =>
        (store) =>
          store.refundSend(key, now),
    ),
  },
];
