/** What happens to calls: repeats, tricks, several at once, clocks and processes. */
import fc from 'fast-check';
import { expectSame } from './compare.ts';
import { back, by, kind, MOST_DEATHS, MOST_UNITS, UNIT } from './kind.ts';
import { digitsFor, fail, startFor, theLine } from './moves.ts';

/** Statuses come in any order; only some of them end the call, and nothing opens it again. */
export const status = kind({
  name: 'status',
  given: fc.record({ back, says: fc.constantFrom('ringing', 'in-progress', 'completed', 'completed', 'failed') }),
  can: ({ lines }) => lines.length > 0,
  async does(session, { back, says }) {
    const line = theLine(session, back);
    const { status } = await line.caller.post('/voice/status', { CallStatus: says });
    expectSame(status, 204, 'the answer to a status');
    if (says === 'completed' || says === 'failed') {
      line.hungUp = true;
      line.call.ends();
    }
    await session.counted(line);
  },
});

/** Also with other digits, and long after the call has moved on or ended. */
export const comesAgain = kind({
  name: 'comes again',
  given: fc.record({
    back,
    ago: fc.nat(6),
    times: fc.integer({ min: 1, max: 5 }),
    digits: fc.constantFrom(null, 'right', 'wrong'),
  }),
  can: ({ lines }) => lines.length > 0,
  async does(session, { back, ago, times, digits }) {
    const line = theLine(session, back);
    const index = Math.max(0, line.past.length - 1 - ago);
    const { webhook, body } = line.past[index] ?? fail();
    const isStart = webhook.url.startsWith('/voice/two-factor');
    const Digits = digits === null ? {} : { Digits: digitsFor(session, line, digits) };
    const parameters = isStart ? webhook.parameters : { ...webhook.parameters, ...Digits };
    const moved = isStart && (line.hungUp || index < line.past.length - 1);
    // A start about another account is not a repeat of the last one: it opens an entry.
    if (isStart && !webhook.url.endsWith(`=${line.call.account.name}`)) return;
    if (isStart) session.rig.notes(line.call.question === 'over' ? 'start of a call that is over' : 'start again');
    const answer = await session.changesNothing(line, { ...webhook, parameters }, times);
    if (!moved) expectSame(answer, body, 'a duplicate');
  },
});

export const isForAnother = kind({
  name: 'starts for another account',
  given: fc.record({ back, by }),
  can: (session) => session.lines.length > 0,
  async does(session, { back, by }) {
    const line = theLine(session, back);
    const other = session.accounts.find((each) => each !== line.call.account) ?? fail();
    if (line.call.question === 'over') await session.changesNothing(line, startFor(other));
    else await session.turn(line, { ...startFor(other), delivery: by }, (now) => line.call.opens(other, now));
  },
});

/** The question of one call, under the name of another. */
export const crosses = kind({
  name: 'answers in another call',
  given: fc.record({ back, other: fc.nat(3) }),
  can: (session, { back, other }) =>
    session.line(back, 'code') !== undefined && session.line(back, 'code') !== session.line(other),
  async does(session, { back, other }) {
    const [line, elsewhere] = [theLine(session, back, 'code'), theLine(session, other)];
    const Digits = digitsFor(session, line, 'right');
    await session.changesNothing(elsewhere, { url: line.caller.action, parameters: { Digits } });
    await session.counted(line);
  },
});

export const races = kind({
  name: 'types right and wrong at once',
  given: fc.record({ back }),
  can: (session, { back }) => session.line(back, 'code') !== undefined,
  async does(session, { back }) {
    const line = theLine(session, back, 'code');
    const { call, caller } = line;
    const now = session.rig.now();
    const tries = [digitsFor(session, line, 'right'), session.wrong, session.wrong];
    const url = caller.action;
    const answers = await Promise.all(tries.map((Digits) => caller.post(url, { Digits })));
    const { body } = answers[0] ?? fail();
    for (const each of answers) expectSame(each, { status: 200, body }, 'the one answer');
    const { grants } = await session.rig.world.counts(caller);
    const effect = call.types((grants > call.counts.grants ? tries[0] : tries[1]) ?? '', now);
    line.past.push({ webhook: { url, parameters: {} }, body });
    await session.settles(line, { body, effect, died: false });
  },
});

export const bothGuess = kind({
  name: 'guess at once in two calls',
  given: fc.record({ back, other: fc.integer({ min: 1, max: 3 }) }),
  can: (session, { back, other }) => {
    const pair = [session.line(back, 'code'), session.line(back + other, 'code')];
    const now = session.rig.now();
    return pair[0] !== pair[1] && pair.every((line) => line?.call.hasLiveCode(now));
  },
  async does(session, { back, other }) {
    const pair = [theLine(session, back, 'code'), theLine(session, back + other, 'code')];
    const now = session.rig.now();
    const Digits = session.wrong;
    const bodies = await Promise.all(
      pair.map(async ({ caller }) => (await caller.post(caller.action, { Digits })).body),
    );
    const done = await Promise.all(
      pair.map(async (line, index) => {
        const { attempts } = await session.rig.world.counts(line.caller);
        return { line, body: bodies[index] ?? '', isFirst: attempts > line.call.counts.attempts };
      }),
    );
    // One of them may have locked the account for the other.
    done.sort((a, b) => Number(b.isFirst) - Number(a.isFirst));
    const effects = done.map(({ line }) => line.call.types(Digits, now));
    for (const [index, { line, body }] of done.entries()) {
      const effect = effects[index] ?? fail();
      line.past.push({ webhook: { url: line.caller.action, parameters: { Digits } }, body });
      await session.settles(line, { body, effect, died: false });
    }
  },
});

export const waits = kind({
  name: 'clock goes on',
  given: fc.record({ units: fc.constantFrom(1, 3, 5, 29) }),
  can: ({ spent }, { units }) => spent.units + units <= MOST_UNITS,
  async does({ rig, spent }, { units }) {
    spent.units += units;
    rig.world.clock.advance(units * UNIT);
  },
});

export const setBack = kind({
  name: 'clock is set back',
  given: fc.record({ units: fc.constantFrom(1, 3, 5, 29) }),
  can: () => true,
  async does({ rig }, { units }) {
    rig.world.clock.setBack(units * UNIT);
  },
});

export const restarts = kind({
  name: 'restarts',
  given: fc.constant({}),
  can: ({ spent }) => spent.deaths < MOST_DEATHS,
  async does({ rig, spent }) {
    spent.deaths += 1;
    await rig.restarts();
  },
});
