import fc from 'fast-check';
import { expect } from 'vitest';
import { NOTHING, type Account, type Method, type Question } from './model.ts';
import type { Delivery, Rig } from './rig.ts';
import type { Line, Session } from './session.ts';

/**
 * The clock moves by so much, milliseconds: no sum of it is near the lifetime of a code (4.8 of it) or the end of a
 * lock (28.6 of it), so that it does not matter how long the run itself takes.
 */
const UNIT = 63_000;
/** No call waits 4 hours, after which it counts as ended. */
const MOST_UNITS = 200;
const MOST_CALLS = 12;
/** Each takes 8 seconds until another process may go on. */
const MOST_DEATHS = 2;

type Step = fc.AsyncCommand<Session, Rig>;

/** A kind of request, as data: what it is, when it can come, and what it does. */
interface Kind<Given> {
  readonly name: string;
  readonly given: fc.Arbitrary<Given>;
  readonly can: (session: Session, given: Given) => boolean;
  readonly does: (session: Session, given: Given) => Promise<unknown>;
}

/** The names of all kinds. */
export const KINDS: string[] = [];

function kind<Given>({ name, given, can, does }: Kind<Given>): fc.Arbitrary<Step> {
  KINDS.push(name);
  return given.map((data) => ({
    check: (session) => mayDie(session as Session, data) && can(session as Session, data),
    async run(session) {
      session.rig.counts(name);
      await does(session, data);
    },
    toString: () => `${name}${JSON.stringify(data).replaceAll('"', '')}`,
  }));
}

function mayDie({ spent }: Session, given: unknown): boolean {
  const by = (given as { readonly by?: Delivery } | undefined)?.by;
  return by?.kind !== 'dies' || spent.deaths < MOST_DEATHS;
}

const ONCE: Delivery = { kind: 'once' };
const by: fc.Arbitrary<Delivery> = fc.oneof(
  { arbitrary: fc.constant(ONCE), weight: 12 },
  {
    arbitrary: fc.record({ kind: fc.constant('together' as const), times: fc.integer({ min: 2, max: 4 }) }),
    weight: 3,
  },
  {
    arbitrary: fc.record({
      kind: fc.constant('dies' as const),
      after: fc.integer({ min: 1, max: 8 }),
      restarts: fc.oneof({ arbitrary: fc.constant(false), weight: 3 }, { arbitrary: fc.constant(true), weight: 1 }),
    }),
    weight: 1,
  },
);
/** Mostly the newest call, and mostly the first account. */
const back = fc.oneof(
  { arbitrary: fc.constant(0), weight: 5 },
  { arbitrary: fc.integer({ min: 1, max: 3 }), weight: 2 },
);
const whose = fc.oneof({ arbitrary: fc.constant(0), weight: 4 }, { arbitrary: fc.constant(1), weight: 1 });
const method = fc.constantFrom<Method>('email', 'sms');

const calls = kind({
  name: 'calls',
  given: fc.record({ whose, elsewhere: fc.boolean(), method: fc.option(method), by }),
  can: ({ lines }) => lines.length < MOST_CALLS,
  async does(session, { whose, elsewhere, method, by }) {
    const line = await dials(session, accountOf(session, whose), { elsewhere, by });
    if (method !== null && line.call.question === 'method') await choice(session, line, { method, by: ONCE });
  },
});

const chooses = kind({
  name: 'chooses',
  given: fc.record({ back, method, by }),
  can: (session, { back }) => session.line(back, 'method') !== undefined,
  does: (session, { back, method, by }) => choice(session, theLine(session, back, 'method'), { method, by }),
});

const WHAT = ['right', 'right', 'wrong', 'wrong', 'wrong', 'old', 'of another call', 'of another account'] as const;

const types = kind({
  name: 'types',
  given: fc.record({ back, what: fc.constantFrom(...WHAT), by }),
  can: (session, { back }) => session.line(back, 'code') !== undefined,
  does: (session, { back, what, by }) => {
    const line = theLine(session, back, 'code');
    return guess(session, line, { digits: digitsFor(session, line, what), by });
  },
});

const asksForAnother = kind({
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

const asksForAnotherWay = kind({
  name: 'asks for another way',
  given: fc.record({ back }),
  can: (session, { back }) => session.line(back, 'code', 'options', 'not-sent') !== undefined,
  async does(session, { back }) {
    const line = theLine(session, back, 'code', 'options', 'not-sent');
    await star(session, line);
    const Digits = line.call.question === 'options' ? '3' : '2';
    await keys(session, line, { Digits }, (now) => line.call.looksForAnotherWay(now));
  },
});

const asksForTime = kind({
  name: 'asks for time',
  given: fc.record({ back }),
  can: (session, { back }) => session.line(back, 'code', 'options') !== undefined,
  async does(session, { back }) {
    const line = theLine(session, back, 'code', 'options');
    await star(session, line);
    await keys(session, line, { Digits: '1' }, () => line.call.goesTo('code'));
  },
});

const asksForAPerson = kind({
  name: 'asks for a person',
  given: fc.record({ back }),
  can: (session, { back }) => session.line(back, 'method', 'options', 'not-sent') !== undefined,
  does: (session, { back }) => {
    const line = theLine(session, back, 'method', 'options', 'not-sent');
    return keys(session, line, { Digits: '0' }, () => line.call.goesTo('over'));
  },
});

const isSilent = kind({
  name: 'is silent',
  given: fc.record({ back, by }),
  can: (session, { back }) => session.line(back, 'method', 'code', 'options', 'not-sent') !== undefined,
  async does(session, { back, by }) {
    const line = theLine(session, back, 'method', 'code', 'options', 'not-sent');
    line.silences += 1;
    await session.turn(line, { url: line.caller.redirect, parameters: {}, delivery: by }, () => NOTHING);
  },
});

const pressesNothing = kind({
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

/** Statuses come in any order; only some of them end the call, and nothing opens it again. */
const status = kind({
  name: 'status',
  given: fc.record({ back, says: fc.constantFrom('ringing', 'in-progress', 'completed', 'completed', 'failed') }),
  can: ({ lines }) => lines.length > 0,
  async does(session, { back, says }) {
    const line = theLine(session, back);
    expect((await line.caller.post('/voice/status', { CallStatus: says })).status).toBe(204);
    if (says === 'completed' || says === 'failed') {
      line.hungUp = true;
      line.call.ends();
    }
    await session.counted(line);
  },
});

/** Also with other digits, and long after the call has moved on or ended. */
const comesAgain = kind({
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
    const answer = await session.changesNothing(line, { ...webhook, parameters }, times);
    if (!moved) expect(answer, 'a duplicate').toBe(body);
  },
});

const isForAnother = kind({
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
const crosses = kind({
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

const races = kind({
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
    for (const each of answers) expect(each).toEqual({ status: 200, body });
    const { grants } = await session.rig.world.counts(caller);
    const effect = call.types((grants > call.counts.grants ? tries[0] : tries[1]) ?? '', now);
    line.past.push({ webhook: { url, parameters: {} }, body });
    await session.settles(line, { body, effect, died: false });
  },
});

const bothGuess = kind({
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

/** As many wrong codes as that, in as many calls as it takes. */
const guesses = kind({
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

const waits = kind({
  name: 'clock goes on',
  given: fc.record({ units: fc.constantFrom(1, 3, 5, 29) }),
  can: ({ spent }, { units }) => spent.units + units <= MOST_UNITS,
  async does({ rig, spent }, { units }) {
    spent.units += units;
    rig.world.clock.advance(units * UNIT);
  },
});

const setBack = kind({
  name: 'clock is set back',
  given: fc.record({ units: fc.constantFrom(1, 3, 5, 29) }),
  can: () => true,
  async does({ rig }, { units }) {
    rig.world.clock.setBack(units * UNIT);
  },
});

const restarts = kind({
  name: 'restarts',
  given: fc.constant({}),
  can: ({ spent }) => spent.deaths < MOST_DEATHS,
  async does({ rig, spent }) {
    spent.deaths += 1;
    await rig.restarts();
  },
});

/** Up to 40 requests and strokes of fate, what callers do most the most often. */
export function anyCommands(replayPath?: string): fc.Arbitrary<Iterable<Step>> {
  const usual = [calls, chooses, types, asksForAnother];
  const often = [...usual, ...usual, comesAgain, guesses];
  const rare = [asksForAnotherWay, asksForTime, asksForAPerson, isSilent, pressesNothing, status, isForAnother];
  const attacks = [crosses, races, bothGuess, waits, setBack];
  const options = { maxCommands: 40, size: 'max', ...(replayPath === undefined ? {} : { replayPath }) } as const;
  return fc.commands([...often, ...often, types, ...rare, ...attacks, ...attacks, restarts], options);
}

async function dials(
  session: Session,
  account: Account,
  { elsewhere, by }: { readonly elsewhere: boolean; readonly by: Delivery },
): Promise<Line> {
  const line = session.opens(account, elsewhere ? '+12025550167' : '+12025550123');
  await session.turn(line, { ...startFor(account), delivery: by }, (now) => line.call.opens(account, now));
  return line;
}

function choice(session: Session, line: Line, { method, by }: { readonly method: Method; readonly by: Delivery }) {
  const Digits = method === 'email' ? '1' : '2';
  return keys(session, line, { Digits, by }, (now) => line.call.chooses(method, now));
}

function guess(session: Session, line: Line, { digits, by }: { readonly digits: string; readonly by: Delivery }) {
  const { call } = line;
  if (call.code !== null && !call.hasLiveCode(session.rig.now())) session.rig.counts('expired');
  return keys(session, line, { Digits: digits, by }, (now) => call.types(digits, now));
}

async function keys(
  session: Session,
  line: Line,
  { Digits, by = ONCE }: { readonly Digits: string; readonly by?: Delivery },
  does: Parameters<Session['turn']>[2],
): Promise<void> {
  line.silences = 0;
  await session.turn(line, { url: line.caller.action, parameters: { Digits }, delivery: by }, does);
}

/** From a question for a code to the options. */
async function star(session: Session, line: Line): Promise<void> {
  if (line.call.question === 'code') await keys(session, line, { Digits: '*' }, () => line.call.goesTo('options'));
}

function digitsFor(session: Session, { call }: Line, what: (typeof WHAT)[number]): string {
  const others = session.lines.filter((each) => each.call !== call && each.call.code !== null);
  const of = (same: boolean) => others.find((each) => (each.call.account === call.account) === same)?.call.code?.digits;
  const old = session.digits.filter((digits) => digits !== call.code?.digits).at(-1);
  const found = {
    right: call.code?.digits,
    wrong: undefined,
    old,
    'of another call': of(true),
    'of another account': of(false),
  }[what];
  if (found !== undefined) session.rig.counts(`code: ${what}`);
  return found ?? session.wrong;
}

function startFor(account: Account) {
  return { url: `/voice/two-factor?AccountNumber=${account.name}`, parameters: { CallStatus: 'ringing' } };
}

function accountOf({ accounts }: Session, index: number): Account {
  return accounts[index] ?? fail();
}

function theLine(session: Session, back: number, ...questions: readonly Question[]): Line {
  return session.line(back, ...questions) ?? fail();
}

function fail(): never {
  throw new Error('the model names something that there is not');
}
