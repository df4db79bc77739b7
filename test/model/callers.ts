/** What callers do, right ones and others. */
import fc from 'fast-check';
import { back, by, kind, method, MOST_CALLS, ONCE, whose } from './kind.ts';
import { NOTHING } from './model.ts';
import { accountOf, choice, dials, digitsFor, guess, keys, star, theLine, type Digits } from './moves.ts';

export const calls = kind({
  name: 'calls',
  given: fc.record({ whose, elsewhere: fc.boolean(), method: fc.option(method), by }),
  can: ({ lines }) => lines.length < MOST_CALLS,
  async does(session, { whose, elsewhere, method, by }) {
    const line = await dials(session, accountOf(session, whose), { elsewhere, by });
    if (method !== null && line.call.question === 'method') await choice(session, line, { method, by: ONCE });
  },
});

export const chooses = kind({
  name: 'chooses',
  given: fc.record({ back, method, by }),
  can: (session, { back }) => session.line(back, 'method') !== undefined,
  does: (session, { back, method, by }) => choice(session, theLine(session, back, 'method'), { method, by }),
});

const WHAT: readonly Digits[] = [
  'right',
  'right',
  'wrong',
  'wrong',
  'wrong',
  'old',
  'of another call',
  'of another account',
];

export const types = kind({
  name: 'types',
  given: fc.record({ back, what: fc.constantFrom(...WHAT), by }),
  can: (session, { back }) => session.line(back, 'code') !== undefined,
  does: (session, { back, what, by }) => {
    const line = theLine(session, back, 'code');
    return guess(session, line, { digits: digitsFor(session, line, what), by });
  },
});

export const asksForAnother = kind({
  name: 'asks for another code',
  given: fc.record({ back, by }),
  can: (session, { back }) => session.line(back, 'code', 'options', 'not-sent') !== undefined,
  async does(session, { back, by }) {
    const line = theLine(session, back, 'code', 'options', 'not-sent');
    await star(session, line);
    const Digits = line.call.question === 'options' ? '2' : '1';
    await keys(session, line, { Digits, by }, (now) => line.call.issues(now));
  },
});

export const asksForAnotherWay = kind({
  name: 'asks for another way',
  given: fc.record({ back }),
  can: (session, { back }) => session.line(back, 'code', 'options', 'not-sent') !== undefined,
  async does(session, { back }) {
    const line = theLine(session, back, 'code', 'options', 'not-sent');
    await star(session, line);
    const Digits = line.call.question === 'options' ? '3' : '2';
    await keys(session, line, { Digits }, () => line.call.goesTo('method'));
  },
});

export const asksForTime = kind({
  name: 'asks for time',
  given: fc.record({ back }),
  can: (session, { back }) => session.line(back, 'code', 'options') !== undefined,
  async does(session, { back }) {
    const line = theLine(session, back, 'code', 'options');
    await star(session, line);
    await keys(session, line, { Digits: '1' }, () => line.call.goesTo('code'));
  },
});

export const asksForAPerson = kind({
  name: 'asks for a person',
  given: fc.record({ back }),
  can: (session, { back }) => session.line(back, 'method', 'options', 'not-sent') !== undefined,
  does: (session, { back }) => {
    const line = theLine(session, back, 'method', 'options', 'not-sent');
    return keys(session, line, { Digits: '0' }, () => line.call.goesTo('over'));
  },
});

export const isSilent = kind({
  name: 'is silent',
  given: fc.record({ back, by }),
  can: (session, { back }) => session.line(back, 'method', 'code', 'options', 'not-sent') !== undefined,
  async does(session, { back, by }) {
    const line = theLine(session, back, 'method', 'code', 'options', 'not-sent');
    line.silences += 1;
    await session.turn(line, { url: line.caller.redirect, parameters: {}, delivery: by }, () => NOTHING);
  },
});

export const pressesNothing = kind({
  name: 'presses nothing',
  given: fc.record({
    back,
    Digits: fc.constantFrom('', ' ', '\uFF11\uFF12\uFF13\uFF14\uFF15\uFF16', '12345678901234'),
  }),
  can: (session, { back }) => session.line(back, 'code') !== undefined,
  async does(session, { back, Digits }) {
    const line = theLine(session, back, 'code');
    line.silences += 1;
    await session.turn(line, { url: line.caller.action, parameters: { Digits } }, () => NOTHING);
  },
});

/** As many wrong codes as that, in as many calls as it takes. */
export const guesses = kind({
  name: 'guesses',
  given: fc.record({ whose, times: fc.integer({ min: 1, max: 10 }), method }),
  can: ({ lines }) => lines.length < MOST_CALLS,
  async does(session, { whose, times, method }) {
    const account = accountOf(session, whose);
    for (let left = times, tries = 0; left > 0 && tries < 5; tries++) {
      const line = await dials(session, account, { elsewhere: true, by: ONCE });
      if (line.call.question === 'method') await choice(session, line, { method, by: ONCE });
      for (; left > 0 && line.call.question === 'code'; left--)
        await guess(session, line, { digits: session.wrong, by: ONCE });
    }
  },
});
