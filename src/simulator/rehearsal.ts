import type { Place } from '../core/callflow/finding.ts';
import type { Step } from '../core/scenario/scenario-schema.ts';
import type { CallEvent, Document, LineRequest, Listening, Presses } from '../telephone/call-events.ts';
import { typeKeys } from '../telephone/keys.ts';
import { playCallOver } from '../telephone/player.ts';
import { Arrivals } from './arrivals.ts';
import { CallEar } from './call-ear.ts';
import { Failed } from './failed.ts';
import { keysFor } from './keys-for.ts';
import type { ToPlay } from './play-scenario.ts';
import type { Happened, Happening } from './record.ts';
import { brokenRule } from './rules.ts';
import type { ArrivedCode, CallSum, Stage, StagedCall } from './stage.ts';
import { stepText } from './step-text.ts';
import { endsOtherwise, NO_KEYS, NO_WORDS, notNow, overBefore, stillListens, type WhyNot } from './why-not.ts';

/** A call that makes more requests goes in circles. */
const MOST_REQUESTS = 200;

/** Plays the steps of one scenario, in one call or, where the caller calls again, in several. */
export class Rehearsal {
  calls = 0;
  readonly happened: Happened[] = [];
  private at = 0;
  /** By the telephone's clock, milliseconds: the calls before this one. */
  private earlier = 0;
  private readonly play: ToPlay;
  private readonly stage: Stage;
  private readonly steps: Step[];
  private cursor = 0;
  private call!: StagedCall;
  private ear = new CallEar();
  private got = 0;
  private readonly arrivals = new Arrivals((happening) => this.note(happening));
  private requests = 0;
  /** What was pressed in this call, and whether that was a code which had come. */
  private readonly entered = new Set<string>();
  private knewCode = false;
  /** The caller is silent until then, by the telephone's clock. */
  private silentUntil: number | null = null;
  /** The document in which the caller was silent: whoever is silent goes on listening until the line says something. */
  private silentIn: number | null = null;
  /** Codes of the calls before. */
  private before: readonly ArrivedCode[] = [];

  constructor(play: ToPlay, stage: Stage) {
    this.play = play;
    this.stage = stage;
    this.steps = [...play.scenario.call];
  }

  /** @throws Failed where something does not hold */
  async run(): Promise<void> {
    let sum = await this.oneCall();
    for (let step = this.afterCall(); step !== undefined; step = this.afterCall()) {
      if (step === 'redials') {
        this.before = [...this.before, ...(await this.codes(0))];
        this.done();
        sum = await this.oneCall();
      } else if (!(await this.settle(step))) throw this.fails(overBefore(step, sum, this.ear));
    }
    this.checkEnd(sum);
  }

  private async oneCall(): Promise<CallSum> {
    this.calls += 1;
    this.call = this.stage.dial();
    this.ear = new CallEar();
    this.got = 0;
    this.requests = 0;
    this.earlier += this.at;
    this.entered.clear();
    this.knewCode = false;
    this.at = 0;
    this.silentUntil = null;
    this.silentIn = null;
    if (this.calls > 1) this.note({ kind: 'redialled' });
    try {
      const ended = await playCallOver(this.call.url, {
        dialOutcome: this.play.given.dial,
        line: (request) => this.answer(request),
        caller: (listening) => this.act(listening),
        observe: (event) => this.observe(event),
        leaves: () => this.leavesWhileHeld(),
      });
      if (ended.by !== 'elsewhere') await this.call.hangUp();
    } catch (error) {
      // For whoever looks for the reason; it is this error that counts, whatever else is wrong.
      await this.sumUp().catch(() => {});
      throw error;
    }
    const sum = await this.sumUp();
    await this.checkRules(sum);
    return sum;
  }

  private async sumUp(): Promise<CallSum> {
    await this.codes(0);
    const sum = await this.call.sum();
    this.note({ kind: 'sum', sum });
    return sum;
  }

  private async codes(atLeast: number): Promise<readonly ArrivedCode[]> {
    return this.arrivals.of(await this.call.codes(atLeast));
  }

  private async answer(request: LineRequest & { readonly at?: number }): Promise<Document> {
    this.requests += 1;
    if (this.requests > MOST_REQUESTS) throw this.endless();
    const began = performance.now();
    const { call } = this;
    let document = await call.request(request, request.at ?? 0);
    if (document !== null) this.note({ kind: 'reply', reply: call.reply, ms: performance.now() - began });
    for (let step = this.step; ; step = this.step) {
      if (step === 'repeat') await this.repeat();
      else if (typeof step === 'object' && 'fallback' in step) {
        const asked = performance.now();
        document = await call.fallback(step.fallback);
        this.note({ kind: 'fallback', code: step.fallback });
        this.note({ kind: 'reply', reply: call.reply, ms: performance.now() - asked });
        this.done();
      } else return document;
    }
  }

  /** The line is held, and no question comes at which the caller could hang up. */
  private leavesWhileHeld(): boolean {
    for (let { step } = this; typeof step === 'object' && 'hears' in step && this.ear.heard(step); { step } = this)
      this.done();
    if (this.step !== 'hangs-up' || this.silentUntil !== null) return false;
    this.done();
    return true;
  }

  private observe(event: CallEvent): void {
    this.at = event.at;
    if (event.kind === 'request') this.ear.asks();
    const prompts = event.kind === 'said' ? this.call.promptsOf(event.utterance) : undefined;
    if (event.kind === 'said') this.ear.hears(prompts ?? [], event.utterance.parts);
    this.note({ kind: 'line', event, ...(prompts === undefined ? {} : { prompts }) });
  }

  /** What the caller does at a question: every step up to the next one that is done at a telephone. */
  private async act(listening: Listening): Promise<Presses> {
    if (listening.typedAhead) return { keys: [] };
    const { promptsEnd } = listening;
    const deadline = promptsEnd + listening.gather.timeout * 1000;
    let from = promptsEnd;
    if (this.silentUntil !== null) {
      if (deadline <= this.silentUntil) return { keys: [] };
      from = Math.max(from, this.silentUntil);
      this.silentUntil = null;
      this.silentIn = listening.document;
    }
    for (let step = this.atQuestion(listening); step !== undefined; step = this.atQuestion(listening)) {
      if (step === 'hangs-up') {
        this.done();
        return { keys: [], hangUp: true };
      }
      if (typeof step === 'object' && 'silent' in step) {
        this.acts();
        if (deadline <= promptsEnd + step.silent) {
          this.silentUntil = promptsEnd + step.silent;
          return { keys: [] };
        }
        from = promptsEnd + step.silent;
        this.silentIn = listening.document;
      } else if (typeof step === 'object' && 'says' in step) {
        if (listening.gather.speech === undefined) throw this.fails(NO_WORDS);
        this.acts();
        return { keys: [], words: step.says };
      } else if (typeof step === 'object' && 'press' in step) {
        if (listening.gather.speech?.only === true) throw this.fails(NO_KEYS);
        const keys = await this.keys(step.press, listening);
        this.acts();
        return { keys: typeKeys(keys, step['at-once'] === true ? listening.at : from) };
      } else if (!(await this.settle(step))) {
        if (this.waits(step, listening)) return { keys: [] };
        throw this.fails(notNow(step, this.ear, (await this.codes(0))[this.got]));
      }
    }
    if (this.play.scenario.ends === undefined) return { keys: [], hangUp: true };
    if (this.silentIn === listening.document) return { keys: [] };
    throw this.fails(stillListens(this.play.scenario.ends, this.ear));
  }

  /** The next step; where there is none, what the caller makes up. */
  private atQuestion(listening: Listening): Step | undefined {
    const { improviser } = this.play;
    if (this.step === undefined && improviser !== undefined) {
      const { calls: call, happened } = this;
      this.steps.push(...improviser.answer({ listening, heard: this.ear.question, call, happened }));
    }
    return this.step;
  }

  private afterCall(): Step | undefined {
    if (this.step === undefined) this.steps.push(...(this.play.improviser?.afterCall() ?? []));
    return this.step;
  }

  /** What a silent caller has not heard yet may still come when the line has waited long enough. */
  private waits(step: Step, { document }: Listening): boolean {
    return this.silentIn === document && typeof step === 'object' && 'hears' in step;
  }

  private async keys(pressed: string, listening: Listening): Promise<string> {
    const codes = await this.codes(pressed === 'code' || pressed === 'old-code' ? 1 : 0);
    const keys = keysFor(pressed, {
      ear: this.ear,
      codes,
      before: this.before,
      length: listening.gather.numDigits,
      reader: this.stage.reader,
    });
    if (!('keys' in keys)) throw this.fails(keys);
    this.entered.add(keys.keys);
    // What an authenticator shows is another one when the call is over, and good for a moment in another call.
    const shown = this.before.filter(({ method }) => method === 'authenticator');
    this.knewCode ||= pressed === 'code' || shown.some(({ code }) => code === keys.keys);
    return keys.keys;
  }

  /** Steps that are true or done at once: false where the step does not hold now. */
  private async settle(step: Step): Promise<boolean> {
    if (step === 'repeat') await this.repeat();
    else if (typeof step === 'string') return false;
    else if ('hears' in step) {
      if (!this.ear.heard(step)) return false;
      this.done();
    } else if ('gets' in step) {
      const code = (await this.codes(this.got + 1))[this.got];
      if (code?.method !== step.gets) return false;
      this.got += 1;
      this.done();
    } else if ('later' in step) {
      await this.stage.later(step.later);
      this.note({ kind: 'later', ms: step.later });
      this.done();
    } else if ('elsewhere' in step) {
      await this.stage.lockElsewhere();
      this.note({ kind: 'locked-elsewhere' });
      this.done();
    } else return false;
    return true;
  }

  private async repeat(): Promise<void> {
    const same = await this.call.repeat();
    this.note({ kind: 'repeated' });
    if (!same)
      throw this.fails({
        instead: 'The repeated request had another reply.',
        rule: 'a repeated request is answered as before',
        fix: 'This is a fault of the server: a repeat must be answered like the first request.',
      });
    this.done();
  }

  private checkEnd(sum: CallSum): void {
    const why = endsOtherwise(this.play.scenario, sum, this.ear);
    if (why !== null) throw this.fails(why);
  }

  private async checkRules(sum: CallSum): Promise<void> {
    const codes = this.play.always.length === 0 ? [] : await this.codes(0);
    const knewCode = this.knewCode || codes.some(({ code }) => this.entered.has(code));
    // Where a scenario answers for the service that judges codes, any code may be right.
    const anyCode = this.play.given.services['verify-code'] !== undefined;
    const broken = brokenRule(this.play.always, { sum, codes, ear: this.ear, knewCode: knewCode || anyCode });
    if (broken === null) return;
    const { index, expected, instead } = broken;
    const fix = 'A rule under `always` holds for every call of the file: mend the callflow, or the rule.';
    throw new Failed({ at: this.play.scenario.file.place(['always', index]), expected, instead, fix, rule: expected });
  }

  note(happening: Happening): void {
    // Many a second: nothing is copied.
    const happened = happening as { -readonly [Key in keyof Happened]: Happened[Key] };
    happened.call = Math.max(1, this.calls);
    happened.at = this.at;
    this.happened.push(happened as Happened);
  }

  /** By the telephone's clock, milliseconds, all calls together. */
  get lasted(): number {
    return this.earlier + this.at;
  }

  private get step(): Step | undefined {
    return this.steps[this.cursor];
  }

  private acts(): void {
    this.ear.acts();
    this.done();
  }

  private done(): void {
    const { step } = this;
    if (step !== undefined) this.note({ kind: 'step', index: this.cursor, step });
    this.cursor += 1;
  }

  private endless(): Failed {
    return this.fails({
      instead: `The call made more than ${MOST_REQUESTS} requests and still goes on.`,
      rule: 'every call ends',
      fix: 'The callflow goes in circles: look at what is heard again and again in the transcript.',
    });
  }

  private fails(why: WhyNot): Failed {
    const { step } = this;
    const expected = why.expected ?? (step === undefined ? 'the call goes on' : stepText(step));
    const part = why.part ?? (step === undefined ? ['name'] : ['call', this.cursor]);
    const at: Place = this.play.scenario.place(part);
    const { instead, fix, rule } = why;
    return new Failed({ at, expected, instead, fix, ...(rule === undefined ? {} : { rule }) });
  }
}
