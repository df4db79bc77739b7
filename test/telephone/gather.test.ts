import { array, assert, constantFrom, integer, nat, property, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openGather, pressKey, runGather, timeOut, type GatherEnd, type KeyPress } from '../../src/telephone/gather.ts';

/** `1@500 #@900`: keys at their times. */
function presses(text: string): readonly KeyPress[] {
  return text
    .split(' ')
    .filter((press) => press !== '')
    .map((press) => ({ key: press.slice(0, 1), at: Number(press.slice(2)) }));
}

const KEYS = '0123456789*#'.split('');

const six = { numDigits: 6, timeout: 5, finishOnKey: '#' } as const;
const open = { timeout: 5, finishOnKey: '#' } as const;
const menu = { numDigits: 1, timeout: 8, finishOnKey: '#' } as const;
const noFinish = { numDigits: 1, timeout: 5, finishOnKey: '' } as const;
const openNoFinish = { timeout: 5, finishOnKey: '' } as const;

const digits = (text: string, at: number, finishedOnKey = false): GatherEnd => ({
  kind: 'digits',
  digits: text,
  at,
  finishedOnKey,
});
const empty = (at: number): GatherEnd => ({ kind: 'empty', at });

describe('Gather, by the rules of the voice platforms', () => {
  // prettier-ignore
  it.each([
    // rule, rules, how long prompts last, keys, end, what falls into the next listening document
    ['silence makes no request after the timeout', open, 0, '', empty(5000), ''],
    ['the timer starts after the nested prompts', open, 3000, '', empty(8000), ''],
    ['the timeout is the one that is set', menu, 0, '', empty(8000), ''],
    ['a key just before the timer runs out is heard', menu, 0, '2@7999', digits('2', 7999), ''],
    ['a key when the timer has run out is too late', menu, 0, '2@8000', empty(8000), '2@8000'],
    ['the timer starts again at each key', open, 0, '1@4000 2@8000 3@12000', digits('123', 17000), ''],
    ['a pause longer than the timer submits the keys so far', open, 0, '1@1000 2@6001', digits('1', 6000), '2@6001'],
    ['timeout after some keys submits them, fewer than asked for too', six, 0, '1@100 2@200', digits('12', 5200), ''],
    ['timeout after keys that end nothing has no finish key', openNoFinish, 0, '4@100', digits('4', 5100), ''],
    ['a key barges in while the prompts speak', menu, 20000, '1@500', digits('1', 500), ''],
    ['barge-in stops the prompts, so the timer runs from the key', open, 20000, '1@500', digits('1', 5500), ''],
    ['a key at the very beginning is heard', menu, 1000, '1@0', digits('1', 0), ''],
    ['the last of numDigits ends it at once', six, 0, '1@1 2@2 3@3 4@4 5@5 6@6', digits('123456', 6), ''],
    ['a # after numDigits falls into the next document', six, 0, '1@1 2@2 3@3 4@4 5@5 6@6 #@7', digits('123456', 6), '#@7'],
    ['keys beyond numDigits fall into the next document', menu, 0, '1@1 2@2 3@3', digits('1', 1), '2@2 3@3'],
    ['the finish key ends it and is not in Digits', open, 0, '1@1 0@2 #@3', digits('10', 3, true), ''],
    ['the finish key ends it before numDigits', six, 0, '1@1 2@2 #@3', digits('12', 3, true), ''],
    ['keys after the finish key fall into the next document', open, 0, '1@1 #@2 7@3', digits('1', 2, true), '7@3'],
    ['a bare finish key is an empty result', open, 0, '#@700', empty(700), ''],
    ['a bare finish key is an empty result with numDigits too', menu, 0, '#@700', empty(700), ''],
    ['a bare finish key during the prompts ends them', open, 9000, '#@700', empty(700), ''],
    ['a second finish key falls into the next document', open, 0, '#@1 #@2', empty(1), '#@2'],
    ['without a finish key # is a digit', noFinish, 0, '#@5', digits('#', 5), ''],
    ['without a finish key # does not end an open entry', openNoFinish, 0, '1@1 #@2', digits('1#', 5002), ''],
    ['* is an ordinary digit', menu, 0, '*@5', digits('*', 5), ''],
    ['* counts towards numDigits', six, 0, '1@1 2@2 *@3 4@4 5@5 6@6', digits('12*456', 6), ''],
    ['* does not end an open entry', open, 0, '1@1 *@2 #@3', digits('1*', 3, true), ''],
    ['0 first is kept', six, 0, '0@1 0@2 1@3 2@4 3@5 4@6', digits('001234', 6), ''],
    ['there is no least number of keys', { numDigits: 20, timeout: 1, finishOnKey: '#' }, 0, '1@1', digits('1', 1001), ''],
    ['a key from before it began is lost', menu, 0, '9@-1', empty(8000), ''],
    ['a lost key takes nothing with it', menu, 0, '9@-1 2@1', digits('2', 1), ''],
  ] as const)('%s', (...[, rules, promptsMs, keys, end, later]) => {
    const run = runGather(rules, { at: 0, promptsMs }, presses(keys));
    expect(run.end).toEqual(end);
    expect(run.later).toEqual(presses(later));
  });

  it('times are those of the call, not of the Gather', () => {
    expect(runGather(menu, { at: 60_000, promptsMs: 2000 }, presses('3@60100')).end).toEqual(digits('3', 60_100));
    expect(runGather(menu, { at: 60_000, promptsMs: 2000 }, presses('3@59999')).end).toEqual(empty(70_000));
  });

  it('a code typed across two slices of a wait is heard by the second only', () => {
    const slice = { numDigits: 6, timeout: 5, finishOnKey: '#' } as const;
    const first = runGather(slice, { at: 0, promptsMs: 0 }, presses('1@5100 2@5200 3@5300 4@5400 5@5500 6@5600'));
    expect(first.end).toEqual(empty(5000));
    expect(runGather(slice, { at: 5000, promptsMs: 0 }, first.later).end).toEqual(digits('123456', 5600));
  });
});

describe('Gather key by key, as a keyboard needs it', () => {
  it('ends as a run over all keys does', () => {
    const key = constantFrom(...KEYS);
    const rules = record({
      numDigits: integer({ min: 1, max: 8 }),
      timeout: integer({ min: 1, max: 8 }),
      finishOnKey: constantFrom('#' as const, '' as const),
    });
    const gaps = array(tuple(key, integer({ min: 0, max: 9000 })), { maxLength: 12 });
    assert(
      property(rules, gaps, nat(10_000), (rules, typed, promptsMs) => {
        let at = 0;
        const keys = typed.map(([key, gap]) => ({ key, at: (at += gap) }));
        let state: ReturnType<typeof pressKey> = openGather(rules, { at: 0, promptsMs });
        for (const press of keys) {
          if (state.kind === 'open') state = press.at < state.deadline ? pressKey(rules, state, press) : timeOut(state);
        }
        expect(runGather(rules, { at: 0, promptsMs }, keys).end).toEqual(
          state.kind === 'open' ? timeOut(state) : state,
        );
      }),
    );
  });

  it('loses and invents no key: heard and later together are the keys pressed', () => {
    const keys = array(constantFrom(...KEYS), { maxLength: 20 });
    assert(
      property(keys, (typed) => {
        const pressed = typed.map((key, index) => ({ key, at: index * 400 }));
        const { heard, later } = runGather(six, { at: 0, promptsMs: 0 }, pressed);
        expect([...heard, ...later]).toEqual(pressed);
      }),
    );
  });
});
