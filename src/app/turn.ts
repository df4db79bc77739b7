import type { LoadedLibrary } from '../core/callflow/library.ts';
import { DialproofError } from '../core/errors.ts';
import type { AuditEvent } from '../core/contracts/audit.ts';
import type { ChargeKey } from '../core/contracts/codes.ts';
import type { CallUpdate, ClaimWon, Reply, StoredCall } from '../core/contracts/turns.ts';
import { wasPutThrough, type Incoming } from '../core/call/input.ts';
import { inWords, toVerbs, type Plan } from '../core/call/render.ts';
import type { CallState, Session, TaskResult, TurnKey, Waiting } from '../core/call/session.ts';
import { step, type Move, type StepInput, type World } from '../core/call/step.ts';
import { leaving } from './leaving.ts';
import { ANSWER_WITHIN, GIVE_UP, LONGEST_HOLD, MOST_TASKS, PATIENCE } from './limits.ts';
import type { Parts } from './parts.ts';
import { standardPrompt, technicalProblem } from './standard-replies.ts';
import { FAILED_PATH } from './tasks/index.ts';
import type { Held, TaskRunner } from './tasks/runner.ts';

/** What a won turn comes to: the reply, and what is to be saved with it. */
export interface Turn {
  readonly reply: Reply;
  readonly update: CallUpdate;
  /** Call when the turn is saved. */
  readonly held: Held | null;
}

/** How a turn begins, besides what the claim says. */
export interface Opening {
  readonly call: string;
  readonly key: TurnKey;
  /** For a start. */
  readonly start?: { readonly callflow: string; readonly variables: Readonly<Record<string, string>> };
  /** For a start: what it begins in. */
  readonly library?: LoadedLibrary;
  /** Leave by the `error` exit, whatever was heard. */
  readonly fault?: boolean;
  readonly fallbackUrl?: string;
  /** The platform could not play a recording: the last reply again, spoken, and so all that follows. */
  readonly inWords?: boolean;
}

type Beginning =
  | { readonly move: Move; readonly dropped?: string }
  /** Nothing to step: say it again, hold on, or end. */
  | { readonly plan: Plan; readonly session: Session; readonly waiting: Waiting; readonly exit?: Exit };

type Exit = { readonly callflow: string; readonly exit: string };

/** A turn that replies this and leaves the call as it is, but for what it remembers of the failure. */
export function unchanged(call: StoredCall, reply: Reply, failure: Pick<CallState, 'fallbackUrl' | 'inWords'>): Turn {
  const { phase, entry, turns, state } = call;
  return {
    reply,
    held: null,
    update: { phase, entry, turns, state: { ...state, ...failure }, place: placeOf(state.session), audit: [] },
  };
}

function placeOf(session: Session): CallUpdate['place'] {
  const top = session.frames.at(-1);
  return { callflow: top?.callflow ?? '', revision: session.revision, block: top?.block ?? '', exit: null };
}

/** One turn of a call: step -> perform* -> what to say. Loading and saving are the engine's. */
export class SingleTurn {
  private readonly parts: Parts;
  private readonly tasks: TaskRunner;
  private readonly library: LoadedLibrary;
  private readonly won: ClaimWon;
  private readonly opening: Opening;
  private readonly world: World;
  private readonly nonce: string;
  private readonly until: number;
  private readonly granted = new Set<string>();
  private readonly audit: AuditEvent[] = [];
  private performed = 0;

  constructor(
    by: Readonly<{ parts: Parts; tasks: TaskRunner; library: LoadedLibrary; started: number }>,
    won: ClaimWon,
    opening: Opening,
  ) {
    const { parts, tasks, library, started } = by;
    this.parts = parts;
    this.tasks = tasks;
    this.library = library;
    this.won = won;
    this.opening = opening;
    this.nonce = parts.random.token();
    const now = parts.clock.monotonic();
    this.until = Math.min(now + PATIENCE, started + ANSWER_WITHIN);
    const verified = (account: string): boolean => won.verified(account) || this.granted.has(account);
    this.world = { library, verified, undelivered: won.undelivered, took: parts.took?.(opening.call) };
  }

  async run(): Promise<Turn> {
    // The application that has the call has failed, so it is not handed over to it again.
    if (this.opening.fault === true && this.won.call?.phase === 'away') return this.apology();
    const next = this.begin();
    if ('plan' in next) return this.finish(next.plan, next);
    let { move } = next;
    const dropped = next.dropped === undefined ? {} : { dropped: next.dropped };
    for (;;) {
      if (move.closeCode || move.undelivered) await this.closeCodes(move);
      if (move.next.kind !== 'perform') break;
      const { task } = move.next;
      const result = await this.tasks.run(task, {
        call: this.opening.call,
        library: this.library,
        lines: move.session.lines ?? [],
        key: this.chargeKey(),
        takenOver: this.won.takenOver,
        patience: this.until - this.parts.clock.monotonic(),
      });
      if ('follow' in result) return this.hold(move.session, result, dropped);
      if (task.type === 'verify-code' && result.path === 'right') this.granted.add(task.account);
      // A trailing `#` falls into the next document, however many tasks lie between.
      move = { ...step(move.session, { type: 'result', result }, this.world), full: move.full };
    }
    return this.answer(move, dropped);
  }

  /** Null where something outside is asked or told. */
  atOnce(): Turn | null {
    const next = this.begin();
    if ('plan' in next) return this.finish(next.plan, next);
    const { move, dropped } = next;
    if (move.closeCode || move.undelivered || move.next.kind !== 'listen') return null;
    return this.asks(move, move.next, dropped === undefined ? {} : { dropped });
  }

  /** Before the next task: what was sent before must not keep a new code from being sent. */
  private async closeCodes({ closeCode, undelivered }: Move): Promise<void> {
    const { store, clock } = this.parts;
    if (closeCode) await store.closeChallenges(this.opening.call, clock.now(), 'account-changed');
    if (undelivered) await store.closeUndelivered(this.opening.call, clock.now());
  }

  async fault(): Promise<Turn> {
    const session = this.won.call?.state.session;
    try {
      if (session === undefined || session.frames.length === 0) throw new Error('no callflow to leave');
      return await this.answer(step(session, { type: 'fault' }, this.world), {});
    } catch {
      return this.apology();
    }
  }

  /** The end that needs no callflow. */
  private apology(): Turn {
    const session = this.won.call?.state.session ?? EMPTY;
    const ended = this.finish({ kind: 'hang-up', spoken: [] }, { session, waiting: { for: 'nothing' } });
    return { ...ended, reply: technicalProblem(this.parts) };
  }

  private begin(): Beginning {
    const { start, fault } = this.opening;
    const state = this.won.call?.state;
    if (start !== undefined) {
      this.audit.push({ kind: 'start', at: this.parts.clock.now(), detail: start.callflow });
      const { input } = this.won;
      // Whoever comes back to the module goes on in the language of the call.
      const before = state?.session;
      const dialled = before === undefined && input.type === 'start' ? input.to : '';
      const lines = before?.lines ?? (input.type === 'start' ? [input.from ?? '', input.to] : []);
      const session: Session = {
        ...EMPTY,
        locale: before?.locale ?? this.library.defaultLocale,
        test: before?.test ?? (input.type === 'start' && input.test),
        lines: lines.filter((line) => line !== ''),
      };
      return { move: this.step(session, { type: 'open', ...start, dialled }) };
    }
    if (state === undefined) throw new Error('a turn without a call');
    if (fault === true) return { move: this.step(state.session, { type: 'fault' }) };
    const { waiting, session } = state;
    switch (waiting.for) {
      case 'keys':
        return this.heard(session, waiting);
      case 'task':
        return this.poll(session, waiting);
      case 'dial':
        return {
          plan: this.afterDial(session, this.won.input),
          session,
          waiting: { for: 'nothing' },
          exit: waiting.exit,
        };
      case 'nothing':
        return { plan: { kind: 'hang-up', spoken: [] }, session, waiting };
    }
  }

  /** In the one document that may catch a leftover `#`, an empty result counts nothing: the same is said again. */
  private heard(session: Session, waiting: Extract<Waiting, { for: 'keys' }>): Beginning {
    const { input } = this.won;
    const incoming = input.type === 'keys' || input.type === 'speech' ? input : ({ type: 'silence' } as const);
    const { leftover } = waiting;
    const empty =
      incoming.type === 'silence' ||
      (incoming.type === 'keys' && incoming.digits === '#' && leftover?.listen.finishOnKey === '');
    if (leftover !== null && empty) {
      const plan: Plan = { kind: 'ask', ...leftover, leftover: false, nonce: this.nonce };
      return { plan, session, waiting: { for: 'keys', leftover: null } };
    }
    return { move: this.step(session, { type: 'heard', incoming }) };
  }

  private poll(session: Session, waiting: Extract<Waiting, { for: 'task' }>): Beginning {
    const { task } = this.won;
    const now = this.parts.clock.now();
    const dropped = task === null || task.state === 'done' ? {} : { dropped: task.id };
    // Tasks that only ever lead to each other would hold the line for ever.
    if (now >= waiting.since + LONGEST_HOLD) return { move: this.step(session, { type: 'fault' }), ...dropped };
    // One that has begun in the future has lasted for who knows how long: the clock was set back.
    const lasts = task === null ? 0 : now - task.startedAt;
    const running = task?.state === 'running' && lasts >= 0 && lasts < GIVE_UP;
    if (running) return { plan: { kind: 'hold', spoken: [], nonce: this.nonce }, session, waiting };
    const result: TaskResult =
      task?.state === 'done' && task.result !== null ? task.result : { path: FAILED_PATH[waiting.type] };
    return { move: this.step(session, { type: 'result', result }), ...dropped };
  }

  private afterDial(session: Session, input: Incoming): Plan {
    return {
      kind: 'hang-up',
      spoken: wasPutThrough(input) === true ? [] : standardPrompt(this.library, 'no-one-available', session.locale),
    };
  }

  private hold(session: Session, held: Held, dropped: { readonly dropped?: string }): Turn {
    const before = this.won.call?.state.waiting;
    const again = before?.for === 'task';
    const since = again ? Math.min(before.since, held.startedAt) : held.startedAt;
    const spoken = again ? [] : standardPrompt(this.library, 'one-moment', session.locale);
    const turn = this.finish(
      { kind: 'hold', spoken, nonce: this.nonce },
      { session, waiting: { for: 'task', id: held.id, type: held.type, since } },
    );
    const { id, type, startedAt, leaseUntil } = held;
    return { ...turn, update: { ...turn.update, ...dropped, held: { id, type, startedAt, leaseUntil } }, held };
  }

  private async answer(move: Move, extra: { readonly dropped?: string }): Promise<Turn> {
    const { session, next } = move;
    if (next.kind === 'perform') throw new Error('a task is left undone');
    if (next.kind === 'listen') return this.asks(move, next, extra);
    this.audit.push({ kind: 'exit', at: this.parts.clock.now(), detail: `${next.callflow}: ${next.exit}` });
    const { plan, ...left } = await leaving(next, { call: this.opening.call, nonce: this.nonce }, this.parts);
    return this.finish(plan, { session, ...left, ...extra });
  }

  private asks(
    { session, full }: Move,
    { spoken, listen }: Extract<Move['next'], { kind: 'listen' }>,
    extra: { readonly dropped?: string },
  ): Turn {
    const leftover = full ? { spoken, listen } : null;
    return this.finish(
      { kind: 'ask', spoken, listen, leftover: full, nonce: this.nonce },
      { session, waiting: { for: 'keys', leftover }, ...extra },
    );
  }

  private finish(
    plan: Plan,
    at: {
      readonly session: Session;
      readonly waiting: Waiting;
      readonly exit?: Exit;
      readonly dropped?: string;
      /** Another application has the call from here on. */
      readonly away?: boolean;
    },
  ): Turn {
    const { won, opening } = this;
    const { session, waiting } = at;
    const fallbackUrl = opening.fallbackUrl ?? won.call?.state.fallbackUrl;
    const spoken = won.call?.state.inWords === true;
    const links = spoken ? inWords(this.parts.links) : this.parts.links;
    return {
      reply: this.parts.write(toVerbs(plan, links)),
      held: null,
      update: {
        phase: at.away === true ? 'away' : waiting.for === 'nothing' ? 'ended' : 'active',
        entry: won.entry,
        turns: won.call?.turns ?? 0,
        state: {
          session,
          nonce: waiting.for === 'nothing' ? '' : this.nonce,
          issuedBy: { key: opening.key, entry: won.entry },
          waiting,
          ...(fallbackUrl === undefined ? {} : { fallbackUrl }),
          ...(spoken ? { inWords: true } : isRecorded(plan) ? { recorded: plan } : {}),
        },
        place: { ...placeOf(session), ...(at.exit === undefined ? {} : at.exit) },
        ...(at.dropped === undefined ? {} : { dropped: at.dropped }),
        audit: this.audit,
      },
    };
  }

  private step(session: Session, input: StepInput): Move {
    return step(session, input, this.world);
  }

  private chargeKey(): ChargeKey {
    if (this.performed === MOST_TASKS) throw inCircles();
    this.performed += 1;
    return { call: this.opening.call, turn: this.opening.key, entry: this.won.entry, n: String(this.performed) };
  }
}

function isRecorded(plan: Plan): boolean {
  return 'spoken' in plan && plan.spoken.some((utterance) => utterance.audio !== undefined);
}

function inCircles(): DialproofError {
  return new DialproofError(
    'callflow-invalid',
    `One turn asked for more than ${MOST_TASKS} tasks: the callflow leads in a circle that asks the caller nothing.`,
    { fix: 'Let limits and failures lead to a menu or an exit, not back to the block that came to them.' },
  );
}

const EMPTY: Session = { revision: '', frames: [], locale: '', test: false, unsaid: [] };
