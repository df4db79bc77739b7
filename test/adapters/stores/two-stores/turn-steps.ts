import fc from 'fast-check';
import type { Claimed, Saved, TurnClaim } from '../../../../src/core/contracts/turns.ts';
import type { TurnKey, Waiting } from '../../../../src/core/call/session.ts';
import { fallback, HOUR, LEASE, OTHER_START, SECOND, START, saveOf, turn } from '../../../contracts/store/caller.ts';
import { aCall, anAccount, CALLS, stepOf, type Play, type Step } from './step.ts';

/** `current`, `older` and `guessed` are nonces; a fallback is named by its ErrorUrl. */
const A_KEY = fc.constantFrom(
  'start',
  'start',
  'other start',
  'current',
  'current',
  'current',
  'older',
  'guessed',
  'u',
);
const AN_INPUT = fc.constantFrom<TurnClaim['input']>(
  { type: 'keys', digits: '1' },
  { type: 'silence' },
  { type: 'back' },
  { type: 'start', test: false, to: '+12025550100' },
  { type: 'start', test: false, to: '+12025550100', token: 'one' },
  { type: 'start', test: false, to: '+12025550100', token: 'two' },
);
const ONE_IN_TEN = fc.integer({ min: 1, max: 10 }).map((n) => n === 1);

function keyOf(what: string, nonces: readonly string[]): TurnKey {
  if (what === 'start') return START;
  if (what === 'other start') return OTHER_START;
  if (what === 'u') return fallback(what);
  if (what === 'guessed') return turn(what);
  return turn(nonces[what === 'current' ? 0 : 1] ?? '');
}

const claims = stepOf(
  'claimTurn',
  fc.record({ call: aCall, what: A_KEY, input: AN_INPUT, onlyKnown: ONE_IN_TEN }),
  ({ call, what, input, onlyKnown }, play) => {
    const key = keyOf(what, play.noncesOf(call));
    const claim = { call, key, input, holder: play.fresh('holder'), now: play.now, lease: LEASE, onlyKnown };
    return {
      of: (store) => store.claimTurn(claim),
      heard(answer) {
        const claimed = answer as Claimed;
        if (claimed.kind === 'won') play.won.push({ claim, answer: claimed });
      },
    };
  },
);

const WAITING: Readonly<Record<string, Waiting>> = {
  keys: { for: 'keys', leftover: null },
  task: { for: 'task', id: 't1', type: 'send-code', since: 0 },
  dial: { for: 'dial', exit: { callflow: 'main', exit: 'agent' } },
};
const TASKS = fc.constantFrom('t1', 't2');

/** Mostly the turn that was won last, mostly as the app would save it. */
const A_SAVE = fc.record({
  which: fc.constantFrom(0, 0, 0, 0, 1, 2),
  phase: fc.oneof(
    { weight: 20, arbitrary: fc.constant('active' as const) },
    { weight: 4, arbitrary: fc.constant('away' as const) },
    { weight: 1, arbitrary: fc.constant('ended' as const) },
  ),
  waiting: fc.constantFrom('keys', 'keys', 'keys', 'keys', 'task', 'dial'),
  keepsNonce: ONE_IN_TEN,
  isReplyOnly: ONE_IN_TEN,
  held: fc.option(TASKS),
  dropped: fc.option(TASKS, { freq: 2 }),
  revision: fc.constantFrom('r1', 'r2', 'r3'),
  account: fc.option(anAccount, { nil: undefined }),
});
type Drawn = typeof A_SAVE extends fc.Arbitrary<infer Value> ? Value : never;

function savedAs(drawn: Drawn, play: Play) {
  const { claim, answer } = play.won.at(-1 - drawn.which) ?? { claim: null, answer: null };
  if (claim === null) return null;
  const { phase, waiting, keepsNonce, isReplyOnly, held, dropped, revision, account } = drawn;
  const isAway = phase !== 'active';
  const kept = keepsNonce ? answer.call?.state.nonce : undefined;
  const nonce = kept ?? (isAway ? '' : play.fresh('nonce'));
  const task = { id: held ?? '', type: 'send-code', startedAt: play.now, leaseUntil: play.now + 5 * SECOND };
  const save = saveOf({ ...claim, now: play.now }, answer, {
    phase,
    nonce,
    waiting: WAITING[waiting] ?? { for: 'nothing' },
    place: { callflow: 'main', revision, block: 'menu', exit: isAway ? 'done' : null },
    // Two tasks that are held by the same turn are no case: a call waits for one.
    ...(held === null || kept !== undefined ? {} : { held: task }),
    ...(dropped === null ? {} : { dropped }),
    audit: [{ kind: 'exit', at: play.now, ...(account === undefined ? {} : { account }) }],
  });
  const { update: _, ...replyOnly } = save;
  return { save: isReplyOnly ? replyOnly : save, nonce, at: play.won.length - 1 - drawn.which };
}

const saves = stepOf('saveTurn', A_SAVE, (drawn, play) => {
  const made = savedAs(drawn, play);
  if (made === null) return (store) => store.phaseOf('CA1', play.now);
  return {
    of: (store) => store.saveTurn(made.save),
    heard(answer) {
      if ((answer as Saved).kind !== 'saved') return;
      play.won.unshift(...play.won.splice(made.at, 1));
      if ('update' in made.save) play.noncesOf(made.save.call).unshift(made.nonce);
    },
  };
});

const aTask = fc.record({ call: aCall, id: TASKS });

/** Turns, tasks and the ends of calls. */
export const TURN_STEPS: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 18, arbitrary: claims },
  { weight: 10, arbitrary: saves },
  {
    weight: 1,
    arbitrary: stepOf(
      'phaseOf',
      aCall,
      (call, { now }) =>
        (store) =>
          store.phaseOf(call, now),
    ),
  },
  { weight: 2, arbitrary: stepOf('readCall', aCall, (call) => (store) => store.readCall(call)) },
  { weight: 1, arbitrary: stepOf('auditOf', aCall, (call) => (store) => store.auditOf(call)) },
  {
    weight: 1,
    arbitrary: stepOf(
      'recentCalls',
      fc.nat(3),
      (most, { now }) =>
        (store) =>
          store.recentCalls({ since: now - HOUR, most }),
    ),
  },
  {
    weight: 1,
    arbitrary: stepOf(
      'endCall',
      fc.constantFrom(...CALLS),
      (call, { now }) =>
        (store) =>
          store.endCall(call, now, 'completed'),
    ),
  },
  {
    weight: 2,
    arbitrary: stepOf(
      'finishTask',
      aTask,
      (task, { now }) =>
        (store) =>
          store.finishTask({ ...task, now, result: { path: `sent at ${now}` } }),
    ),
  },
  {
    weight: 1,
    arbitrary: stepOf(
      'renewTask',
      aTask,
      (task, { now }) =>
        (store) =>
          store.renewTask({ ...task, leaseUntil: now + 9 * SECOND }),
    ),
  },
];
