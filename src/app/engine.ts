import type { Note } from '../core/contracts/telemetry.ts';
import type { Claimed, ClaimWon, Reply } from '../core/contracts/turns.ts';
import { wasPutThrough, type Incoming } from '../core/call/input.ts';
import { inWords, toVerbs } from '../core/call/render.ts';
import type { CallState, TurnKey } from '../core/call/session.ts';
import type { Method } from '../core/method.ts';
import { inTime } from './in-time.ts';
import { LEASE, LOOK_AGAIN, LOOK_AGAIN_AT_LAST, WAIT_FOR_TWIN } from './limits.ts';
import type { Parts } from './parts.ts';
import { afterLostDial, hangUp, NO_CALL, redirectTo, technicalProblem } from './standard-replies.ts';
import { nameOf } from './tasks/index.ts';
import { TaskRunner } from './tasks/runner.ts';
import { Starts, writtenName, type StartRules } from './starts.ts';
import { OUTCOME_OF_CLAIM } from './turn-outcome.ts';
import { TurnRunner } from './turn-runner.ts';
import { unchanged, type Opening, type Turn } from './turn.ts';
import type { FailedWebhook, Start, Webhook } from './webhook.ts';

/** The turn engine: every voice request becomes one reply, whatever was repeated, reordered or lost before it. */
export class Engine {
  private readonly parts: Parts;
  private readonly rules: StartRules;
  private readonly starts: Starts;
  private readonly tasks: TaskRunner;
  private readonly turns: TurnRunner;

  constructor(parts: Parts, rules: StartRules) {
    this.parts = parts;
    this.rules = rules;
    this.starts = new Starts(parts, rules);
    this.tasks = new TaskRunner(parts);
    this.turns = new TurnRunner(parts, this.tasks);
  }

  /** A number's voice webhook. */
  start(start: Start, webhook: Webhook): Promise<Reply> {
    return this.guarded(webhook, (note) => this.startCall(start, webhook, note));
  }

  /** An action or redirect URL of one of our replies. */
  turn(nonce: string, webhook: Webhook): Promise<Reply> {
    const { call, incoming, over } = webhook;
    return this.guarded(webhook, async (note) => {
      const reached = wasPutThrough(incoming);
      if (nonce === NO_CALL && reached !== null) return afterLostDial(this.parts, reached);
      return this.handle({ call, key: { kind: 'turn', nonce } }, incoming, { note, onlyKnown: over });
    });
  }

  /** The platform could not use the answer to another webhook. */
  fallback(failed: FailedWebhook, webhook: Webhook): Promise<Reply> {
    return this.guarded(webhook, async (note) => {
      const { call } = webhook;
      const { names, url } = failed;
      const phase = await this.parts.store.phaseOf(call, this.parts.clock.now());
      if (phase === null) {
        if (names.kind === 'start') return this.startCall(names.start, webhook, note);
        note({ outcome: 'unknown' });
        return technicalProblem(this.parts);
      }
      const key: TurnKey = { kind: 'fallback', url };
      if (names.kind === 'recording') {
        this.parts.log.warn(
          { call, error: failed.code },
          'the platform could not play a recording; from here on all is spoken',
        );
        return this.handle({ call, key, inWords: true }, { type: 'back' }, { note });
      }
      const opening: Opening = { call, key, fallbackUrl: url };
      // A document of ours that the platform refused would only be refused again: leave instead of repeating it.
      if (REFUSED_DOCUMENT.test(failed.code))
        return this.handle({ ...opening, fault: true }, { type: 'back' }, { note });
      const repeated = this.starts.repeatedBy(names, webhook);
      if (repeated !== null) {
        const known = this.request(repeated.opening, repeated.incoming, { note, onlyKnown: true });
        const claimed = await this.claim(known);
        if (claimed.kind === 'saved' || claimed.kind === 'won' || claimed.kind === 'busy')
          return this.answer(claimed, known);
      }
      return this.handle(opening, { type: 'back' }, { note });
    });
  }

  /** A status callback with a terminal status: ends the call and voids its codes. */
  async over(call: string): Promise<void> {
    await this.parts.store.endCall(call, this.parts.clock.now(), 'hang-up');
  }

  /** A delivery report: what was sent by this method under this token has not arrived. */
  async undelivered(method: Method, token: string): Promise<void> {
    const { store, clock, log, telemetry } = this.parts;
    const call = await store.reportFailed({ method, token, now: clock.now() });
    if (call === null) return;
    telemetry.count({ kind: 'undelivered', method });
    log.warn({ call, method, outcome: 'undelivered' }, 'a code was reported not to have arrived');
  }

  /** The apology for when nothing else can be said. */
  technicalProblem(): Reply {
    return technicalProblem(this.parts);
  }

  /** Resolves when the tasks that outlast their turns have ended. */
  settled(): Promise<void> {
    return this.tasks.settled();
  }

  private async startCall(start: Start, webhook: Webhook, note: Note): Promise<Reply> {
    const opening = this.starts.openingOf(start, webhook);
    if (opening === null) return this.startsNothing(start, webhook, note);
    if (webhook.over) return hangUp(this.parts);
    const gone = opening.start === undefined;
    const request = this.request(opening, this.starts.startOf(webhook), { note, onlyKnown: gone });
    const claimed = await this.claim(request);
    if (gone && (claimed.kind === 'unknown' || claimed.kind === 'unclaimed'))
      return this.startsNothing(start, webhook, note);
    return this.answer(claimed, request);
  }

  private startsNothing(start: Start, { call }: Webhook, note: Note): Reply {
    note({ outcome: 'refused' });
    this.parts.log.warn(
      { call, callflow: writtenName(start.callflow) },
      'a start names no callflow that there is, or no call',
    );
    return technicalProblem(this.parts);
  }

  private async handle(
    opening: Opening,
    incoming: Incoming,
    options: Pick<Request, 'note' | 'onlyKnown'>,
  ): Promise<Reply> {
    const request = this.request(opening, incoming, options);
    return this.answer(await this.claim(request), request);
  }

  private request(opening: Opening, incoming: Incoming, options: Pick<Request, 'note' | 'onlyKnown'>): Request {
    const { random, clock } = this.parts;
    return { opening, incoming, holder: random.token(), started: clock.monotonic(), ...options };
  }

  /** Claims the turn; while a twin is being handled, waits for its reply. */
  private async claim({ opening, incoming, holder, onlyKnown }: Request): Promise<Claimed> {
    const { store, clock } = this.parts;
    const until = clock.monotonic() + WAIT_FOR_TWIN;
    const { call, key } = opening;
    const known = onlyKnown === true;
    for (let pause = LOOK_AGAIN; ; pause = Math.min(2 * pause, LOOK_AGAIN_AT_LAST)) {
      const now = clock.now();
      const claimed = await store.claimTurn(
        { call, key, input: incoming, holder, lease: LEASE, now, onlyKnown: known },
        (won) => this.atOnce(won, opening),
      );
      const left = until - clock.monotonic();
      if (claimed.kind !== 'busy' || left <= 0) return claimed;
      await new Promise<void>((resolve) => void clock.after(Math.min(pause, left), resolve));
    }
  }

  /** What is asked after a failure is looked at more closely, once the claim is made. */
  private atOnce(won: ClaimWon, opening: Opening): Turn | null {
    if (opening.key.kind === 'fallback' || opening.fault === true) return null;
    return this.turns.atOnce(won, opening);
  }

  private async answer(claimed: Claimed, request: Request): Promise<Reply> {
    const { opening, incoming, note } = request;
    if (claimed.kind !== 'won' && claimed.kind !== 'answered') note?.({ outcome: OUTCOME_OF_CLAIM[claimed.kind] });
    switch (claimed.kind) {
      case 'answered':
        this.tellTurn(claimed, request);
        return claimed.reply;
      case 'saved':
      case 'again':
        return claimed.reply;
      case 'unknown':
        return this.lost(incoming);
      case 'ended':
      case 'unclaimed':
        return hangUp(this.parts);
      case 'moved':
        return redirectTo(this.parts, this.parts.links.turn(claimed.nonce));
      case 'busy':
        return this.askAgain(opening.key);
      case 'won':
        return this.save(await this.turnOf(claimed, request), request);
    }
  }

  /** A twin is still being handled: the platform should ask again in a moment. */
  private askAgain(key: TurnKey): Reply {
    const { links } = this.parts;
    switch (key.kind) {
      case 'turn':
        return redirectTo(this.parts, links.turn(key.nonce));
      case 'start':
        return redirectTo(this.parts, links.start(key.callflow, JSON.parse(key.query) as Start['query']));
      case 'fallback':
        return technicalProblem(this.parts);
    }
  }

  private async turnOf(won: ClaimWon, { opening, started }: Request): Promise<Turn> {
    const { call } = won;
    if (opening.key.kind !== 'fallback' || opening.fault === true || call === null)
      return this.turns.run(won, opening, started);
    const { state } = call;
    if (opening.inWords === true) return unchanged(call, await this.inWords(opening.call, state), { inWords: true });
    // There is no question to ask again: whoever had the call has failed.
    if (call.phase === 'away') return this.turns.run(won, { ...opening, fault: true }, started);
    if (state.fallbackUrl !== undefined && state.fallbackUrl !== opening.fallbackUrl)
      return this.turns.run(won, { ...opening, fault: true }, started);
    return unchanged(call, await this.currentQuestion(opening.call, state), { fallbackUrl: opening.key.url });
  }

  /** The last reply again, spoken, where it played a recording. */
  private async inWords(call: string, state: CallState): Promise<Reply> {
    const { recorded } = state;
    if (recorded === undefined) return this.currentQuestion(call, state);
    return this.parts.write(toVerbs(recorded, inWords(this.parts.links)));
  }

  /** What the call was asked last; where it was not asked anything, a Redirect to where it is. */
  private async currentQuestion(call: string, state: CallState): Promise<Reply> {
    const { nonce, waiting } = state;
    const url = this.parts.links.turn(nonce);
    if (waiting.for !== 'keys') return redirectTo(this.parts, url);
    const claimed = await this.claim(
      this.request({ call, key: { kind: 'turn', nonce } }, { type: 'back' }, { onlyKnown: true }),
    );
    return claimed.kind === 'again' ? claimed.reply : redirectTo(this.parts, url);
  }

  private async save(turn: Turn, request: Request): Promise<Reply> {
    const { store, clock } = this.parts;
    const { opening, holder, note } = request;
    const { call, key } = opening;
    const saved = await store.saveTurn({ call, key, holder, now: clock.now(), reply: turn.reply, update: turn.update });
    switch (saved.kind) {
      case 'saved':
        turn.held?.follow();
        this.tellTurn(turn, request);
        return turn.reply;
      case 'moved': {
        note?.({ outcome: 'moved' });
        const reply =
          saved.nonce === '' ? hangUp(this.parts) : redirectTo(this.parts, this.parts.links.turn(saved.nonce));
        await store.saveTurn({ call, key, holder, now: clock.now(), reply });
        return reply;
      }
      case 'lost':
        // Somebody took this turn over: that reply is the one that counts. `onlyKnown`, so that nothing is claimed anew.
        return this.answer(await this.claim({ ...request, onlyKnown: true }), request);
    }
  }

  private tellTurn({ update }: Pick<Turn, 'update'>, { opening, incoming, started, note }: Request): void {
    const { log, telemetry, clock } = this.parts;
    const { callflow, block, exit } = update.place;
    const ms = Math.round(clock.monotonic() - started);
    note?.({ outcome: 'answered', callflow, block, ...(exit === null ? {} : { exit }) });
    // Not each turn that has an exit leaves: after a dial that was lost, the call has left already.
    if (exit !== null && update.audit.some(({ kind }) => kind === 'exit'))
      telemetry.count({ kind: 'exit', callflow, exit });
    log.info({ call: opening.call, turn: opening.key.kind, heard: incoming.type, callflow, block, exit, ms }, 'turn');
  }

  /** A fault here means the store did not answer, or worse: apologise, let nobody in, keep the caller's way to a person. */
  private guarded(webhook: Webhook, handle: (note: Note) => Promise<Reply>): Promise<Reply> {
    const { telemetry, clock, log } = this.parts;
    const { channel = 'voice' } = this.rules;
    const { call, parent = '' } = webhook;
    return telemetry.during({ kind: 'turn', channel, call, parent }, async (note) => {
      try {
        return await inTime(handle(note), clock);
      } catch (error) {
        note({ outcome: 'failed' });
        log.error({ call, error: nameOf(error) }, 'a webhook failed');
        return this.lost(webhook.incoming);
      }
    });
  }

  /** For a request whose call is not to be found: an apology, or the end of what was put through already. */
  private lost(incoming: Incoming): Reply {
    const reached = wasPutThrough(incoming);
    return reached === null ? technicalProblem(this.parts) : afterLostDial(this.parts, reached);
  }
}

interface Request {
  readonly opening: Opening;
  readonly incoming: Incoming;
  readonly holder: string;
  readonly onlyKnown?: boolean;
  /** By the monotonic clock. */
  readonly started: number;
  readonly note?: Note;
}

/** Twilio's error codes for documents it could not read or obey. */
const REFUSED_DOCUMENT = /^12\d{3}$/;
