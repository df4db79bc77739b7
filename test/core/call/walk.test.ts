import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TaskResult } from '../../../src/core/call/session.ts';
import { EMAIL, flowOf, shippedLibrary, SMS, Talk } from '../support.ts';
import type { LoadedLibrary } from '../../../src/core/callflow/library.ts';

type Event =
  | { readonly does: 'press'; readonly digits: string }
  | { readonly does: 'silence' }
  | { readonly does: 'task'; readonly result: TaskResult; readonly grants: boolean };

const digits = fc.oneof(
  fc.constantFrom('1', '2', '3', '0', '*', '#', '12345', '123456', '1234567', '12*', '0123'),
  fc.stringMatching(/^[\d*#]{1,65}$/),
);
const paths = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      'found',
      'none',
      'failed',
      'locked',
      'sent',
      'nothing-to-send',
      'unreachable',
      'rejected',
      'error',
      'too-many',
      'right',
      'wrong',
      'finished',
      'blank',
      'no-send-left',
    ),
  },
  { weight: 1, arbitrary: fc.string() },
  {
    weight: 1,
    arbitrary: fc.constantFrom('success', '*', 'next', 'silence', 'xstate.stop', 'xstate.done.state', '__proto__'),
  },
);
const found = fc.subarray([
  EMAIL,
  SMS,
  { method: 'voice', destination: '+12025550157' },
  { method: 'authenticator', destination: '' },
] as const);
const result = fc.record(
  {
    path: paths,
    found,
    lookedUp: fc.constantFrom({}, { CustomerEmail: EMAIL.destination }, { AccountNumber: '9' }),
    tallies: fc.constantFrom({}, { left: 1 }, { sends: 2 }),
    say: fc.constantFrom('on-its-way', 'no such prompt'),
  },
  { requiredKeys: ['path'] },
);
const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 4, arbitrary: digits.map((each): Event => ({ does: 'press', digits: each })) },
  { weight: 1, arbitrary: fc.constant<Event>({ does: 'silence' }) },
);
const events = fc.array(fc.record({ heard: event, result, grants: fc.boolean() }), { maxLength: 40 });

/**
 * Walks a call to its end or through all events. A `right` grants as the app does: never without it, and not always
 * with it. Says whether the account was ever verified.
 */
function walk(
  talk: Talk,
  account: string,
  steps: readonly { heard: Event; result: TaskResult; grants: boolean }[],
): boolean {
  for (const step of steps) {
    const { next } = talk.move;
    expect(['listen', 'perform', 'leave']).toContain(next.kind);
    if (next.kind === 'leave') return talk.grants.has(account);
    if (next.kind === 'perform') {
      if (next.task.type === 'verify-code' && step.result.path === 'right' && step.grants)
        talk.grants.add(next.task.account);
      talk.step({ type: 'result', result: step.result });
    } else if (step.heard.does === 'press') talk.presses(step.heard.digits);
    else talk.isSilent();
  }
  return talk.grants.has(account);
}

/** Nobody may hear what a program would say. */
function expectSpeech(talk: Talk): void {
  expect(talk.words).not.toMatch(/undefined|NaN|\[object|[{}<>]/);
}

describe('whatever callers press and whatever the services answer', () => {
  const library = shippedLibrary();

  it('two-factor goes on or ends, is plain JSON, and success is only for who was verified', () => {
    fc.assert(
      fc.property(events, fc.constantFrom('12345', ' 12345 ', ''), (steps, AccountNumber) => {
        const talk = new Talk(library).opens('two-factor', { AccountNumber });
        const verified = walk(talk, AccountNumber.trim(), steps);
        expectSpeech(talk);
        if (talk.exit === 'success')
          expect([verified, talk.leave.verified, AccountNumber === '']).toEqual([true, true, false]);
        expect(['success', 'agent', 'error', null]).toContain(talk.exit);
      }),
      { numRuns: 100 },
    );
  });

  it('so does the self-service line that links to it', () => {
    fc.assert(
      fc.property(events, (steps) => {
        const talk = new Talk(library).opens('main').presses('1234');
        walk(talk, '1234', steps);
        expectSpeech(talk);
        if (talk.exit === 'success') expect(talk.leave.verified).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('a fault at any moment leaves by error, and lets nobody in', () => {
    fc.assert(
      fc.property(events, (steps) => {
        const talk = new Talk(library).opens('two-factor', { AccountNumber: '1' });
        walk(talk, '1', steps);
        if (talk.exit !== null) return;
        expect(talk.breaks().leave).toMatchObject({ exit: 'error', way: { kind: 'dial' } });
      }),
      { numRuns: 40 },
    );
  });

  it('the same steps lead to the same place', () => {
    const moves = (of: LoadedLibrary, steps: Parameters<typeof walk>[2]): string => {
      const talk = new Talk(of).opens('two-factor', { AccountNumber: '1' });
      walk(talk, '1', steps);
      return JSON.stringify(talk.move);
    };
    fc.assert(
      fc.property(events, (steps) => {
        expect(moves(library, steps)).toBe(moves(library, steps));
      }),
      { numRuns: 20 },
    );
  });

  it('a callflow whose every path leads to success lets nobody in without a grant', () => {
    const yaml = `
callflow: trap
start: m
account: A
inputs: [A]
exits: { success: { returns: success } }
services: { methods: { production: https://example.test } }
settings: { no-method: success, zero-is: success, limits: { sends: { then: success }, attempts-per-code: { then: success }, wrong-keys: { most: 1, then: success }, silences: { most: 1, then: success }, locked: { then: success } } }
blocks:
  m: { menu: m, keys: { 1: success, 2: find, 3: check } }
  find: { find-methods: methods, paths: { found: choose, failed: success } }
  choose: { choose-method: choose, next: send }
  send: { send-code: chosen, paths: { sent: m, failed: success } }
  check: { verify-code: A, paths: { right: success, wrong: success, finished: success, error: success } }`;
    const trap = flowOf(yaml);
    fc.assert(
      fc.property(events, (steps) => {
        const talk = new Talk(trap).opens('trap', { A: '1' });
        walk(
          talk,
          '1',
          steps.map((step) => ({ ...step, grants: false })),
        );
        expect(talk.exit === 'success').toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});
