import type { Caller } from '../support/caller.ts';
import { expectAtMost, expectSame } from './compare.ts';
import { Call, type Account, type Effect, type Moment, type Question } from './model.ts';
import type { Arrival, Delivery, Rig, Webhook } from './rig.ts';

const LOCK_LASTS = 30 * 60_000;

/** A call as the model and as the wire have it. */
export interface Line {
  readonly call: Call;
  readonly caller: Caller;
  readonly past: { readonly webhook: Webhook; readonly body: string }[];
  silences: number;
  /** Ended from outside: not even its start is answered as it was. */
  hungUp: boolean;
}

/** One run: its accounts, its calls, and every comparison of the product with the model. */
export class Session {
  readonly rig: Rig;
  readonly accounts: readonly Account[];
  readonly lines: Line[] = [];
  /** All codes that have arrived. */
  readonly digits: string[] = [];
  /** Time that the run has let pass, and processes that it has let die, so far. */
  readonly spent = { units: 0, deaths: 0 };
  /** When the guesses of an account were evaluated since its last success. */
  private readonly guesses = new Map<Account, number[]>();

  constructor(rig: Rig) {
    this.rig = rig;
    this.accounts = [rig.account(), rig.account()];
  }

  /** The newest call that is asked one of these, or any if none are named; `back`: so many before it, round and round. */
  line(back: number, ...questions: readonly Question[]): Line | undefined {
    const fit = this.lines.filter(({ call }) => questions.length === 0 || questions.includes(call.question));
    return fit.at(-1 - (back % Math.max(1, fit.length)));
  }

  /** Well-formed, and never sent to anybody in this run. */
  get wrong(): string {
    for (let n = 0; ; n++) {
      const digits = String(n).padStart(6, '0');
      if (!this.digits.includes(digits)) return digits;
    }
  }

  opens(account: Account, from: string): Line {
    const line = {
      call: new Call(account),
      caller: this.rig.world.caller({ from }),
      past: [],
      silences: 0,
      hungUp: false,
    };
    this.lines.push(line);
    return line;
  }

  /** One webhook that the call has not had before, and what the model says that it does. */
  async turn(line: Line, at: Webhook & { readonly delivery?: Delivery }, does: (now: Moment) => Effect): Promise<void> {
    const { url, parameters, delivery = { kind: 'once' } } = at;
    if (delivery.kind === 'dies') this.spent.deaths += 1;
    const effect = does(this.rig.now());
    const webhook = { url, parameters };
    const body = await this.rig.delivers(line.caller, webhook, delivery);
    // An empty entry answers nothing: the same question stays open, and the next entry is its answer.
    if (!body.includes(url)) line.past.push({ webhook, body });
    await this.settles(line, { body, effect, died: delivery.kind === 'dies' });
  }

  /** A webhook that must change nothing. */
  async changesNothing(line: Line, webhook: Webhook, times = 1): Promise<string> {
    const body = await this.rig.delivers(line.caller, webhook, { kind: 'together', times });
    await this.counted(line);
    expectSame(this.rig.arrivals(), [], 'codes that arrived');
    return body;
  }

  /** Compares what was answered, what arrived and what was counted with the effect; takes over where the call is now. */
  async settles(
    line: Line,
    turn: { readonly body: string; readonly effect: Effect; readonly died: boolean },
  ): Promise<void> {
    const { call, caller } = line;
    const { effect } = turn;
    caller.body = turn.body;
    await caller.waits();
    const asked = questionOf(caller);
    const arrivals = this.rig.arrivals();
    for (const { message } of arrivals) {
      // The gateway of these tests takes numbers without the plus.
      expectSame(message.to, call.destination.replace('+', ''), 'where a code goes');
      this.digits.push(message.code ?? '');
    }
    if (turn.died && effect.sends === 1 && asked !== 'code') this.isLost(call, asked, arrivals);
    else {
      expectSame(arrivals.length, effect.sends, 'codes that arrived');
      for (const { message, at } of arrivals) call.code = { digits: message.code ?? '', sent: at, attempts: 0 };
      this.isAsked(line, effect, asked);
    }
    this.noteOf(call, effect);
    await this.counted(line);
  }

  /** What the product counts is what the model counts, and nobody has left by a fault. */
  async counted({ call, caller }: Line): Promise<void> {
    const { sends, attempts, grants, exit, messages } = await this.rig.world.counts(caller);
    expectSame({ sends, attempts, grants }, call.counts, 'what is counted');
    expectSame(
      { success: exit === 'success', error: exit === 'error' },
      { success: grants > 0, error: false },
      'the exit',
    );
    // Whatever the model thinks:
    expectAtMost(grants, Math.min(1, attempts, messages.length), 'grants');
    expectAtMost(attempts, 3 * sends, 'attempts');
    expectAtMost(messages.length, sends, 'codes that arrived');
    expectAtMost(sends, 3, 'sends');
  }

  /** At the end of the run. Each lock was told of once at most, and to nobody but the holder of its account. */
  async ends(): Promise<void> {
    for (const line of this.lines) await this.counted(line);
    for (const { locks, notices } of this.rig.locks.values()) expectAtMost(notices, locks, 'notices of locks');
  }

  /**
   * A process has died in the send: it is counted, no other goes out by itself, and the code cannot be typed. Where it
   * was the last that is allowed, a call that was to get a new code leaves at once.
   */
  private isLost(call: Call, asked: Question, arrivals: readonly Arrival[]): void {
    expectAtMost(arrivals.length, 1, 'codes of a send that was lost');
    if (asked !== 'over' || call.counts.sends < 3) expectSame(asked, 'not-sent', 'the question');
    call.goesTo(asked);
    this.rig.notes('lost send');
  }

  private isAsked(line: Line, effect: Effect, asked: Question): void {
    const { call } = line;
    if (effect.asks !== null) return expectSame(asked, effect.asks, 'the question');
    if (asked === call.question) return;
    expectSame({ asked, silent: line.silences >= 3 }, { asked: 'over', silent: true }, 'leaving without a key');
    call.ends();
  }

  private noteOf(call: Call, effect: Effect): void {
    const { account } = call;
    const now = this.rig.now();
    const guesses = this.guesses.get(account) ?? [];
    if (effect.attempts > 0) guesses.push(now.steady);
    this.guesses.set(account, effect.grants > 0 ? [] : guesses);
    const inHalfAnHour = guesses.filter((at) => now.steady - at < LOCK_LASTS);
    expectAtMost(inHalfAnHour.length, 10, 'guesses in half an hour');
    const isLocked = account.isLocked(now);
    this.rig.notes('send', effect.sends);
    this.rig.notes('attempt', effect.attempts);
    this.rig.notes('grant', effect.grants);
    if (effect.attempts > 0 && isLocked) this.rig.isLocked(account);
    if (effect.attempts > 0 || effect.asks !== 'over') return;
    if (isLocked) this.rig.notes('refused: locked');
    else if (call.counts.sends === 3) this.rig.notes('refused: no send left');
  }
}

function questionOf(caller: Caller): Question {
  if (caller.dialled !== null || caller.hasEnded) return 'over';
  const { heard } = caller;
  if (heard.includes('How would you like to get your code')) return 'method';
  if (/You have more options|Here are your options/.test(heard)) return 'options';
  if (/could not send your code/.test(heard)) return 'not-sent';
  // Throws where nothing is asked.
  return caller.gather.action === '' ? 'over' : 'code';
}
