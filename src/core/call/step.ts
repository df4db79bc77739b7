import { initialTransition, transition, type AnyMachineSnapshot } from 'xstate';
import { VERBS } from '../blocks/index.ts';
import type { Heard, Question, Scene } from '../blocks/verb.ts';
import { exitNamed } from '../callflow/callflow.ts';
import { NO_FACTS, variablesOf, type Effect, type Flow, type FlowEvent } from '../callflow/compile.ts';
import { DialproofError } from '../errors.ts';
import { canonicalAccount } from '../verification/account.ts';
import { nbestVariables, type Incoming } from './input.ts';
import { speak, type Wordings } from './prompts.ts';
import { sayPrompt, sayQuestion } from './question.ts';
import type { Facts, Frame, Session, TaskResult } from './session.ts';
import type { Task } from './tasks.ts';
import type { Listen, Utterance } from './verbs.ts';

/** The callflows that can be run, and what all of them share. */
export interface Library {
  /** The newest revision of a callflow, or exactly the one asked for. */
  flow(callflow: string, revision?: string): Flow | undefined;
  /** The prompts that every locale has, by locale. */
  readonly standard: ReadonlyMap<string, Wordings>;
  readonly defaultLocale: string;
  /** Where the `agent` exit dials; empty when not set. */
  readonly agent: string;
}

export interface World {
  readonly library: Library;
  /** Whether this call holds a grant for the canonical account. */
  verified(account: string): boolean;
}

export type StepInput =
  | { readonly type: 'open'; readonly callflow: string; readonly variables: Readonly<Record<string, string>> }
  | { readonly type: 'heard'; readonly incoming: Extract<Incoming, { type: 'keys' | 'silence' }> }
  | { readonly type: 'result'; readonly result: TaskResult }
  /** Something of ours broke: leave by `error`. */
  | { readonly type: 'fault' };

export interface Move {
  readonly session: Session;
  /** The live code of the call is void from here on. */
  readonly closeCode: boolean;
  /** The entry ended by its number of keys: a trailing `#` may fall into the next document. */
  readonly full: boolean;
  readonly next: Next;
}

export type Next =
  | { readonly kind: 'listen'; readonly spoken: readonly Utterance[]; readonly listen: Listen }
  | { readonly kind: 'perform'; readonly task: Task }
  | Leave;

export interface Leave {
  readonly kind: 'leave';
  readonly callflow: string;
  readonly exit: string;
  /** Whether the account of the callflow that leaves is verified. */
  readonly verified: boolean;
  readonly spoken: readonly Utterance[];
  readonly way: { readonly kind: 'hang-up' } | { readonly kind: 'dial'; readonly to: string };
}

/** One step of a call: pure, so that the server, the simulator and the checker's search all run the same. */
export function step(session: Session, input: StepInput, world: World): Move {
  return new Run(session, world).step(input);
}

/** The mutable scratch of one step; nothing of it survives the step but the session it makes. */
class Run {
  private readonly world: World;
  private readonly test: boolean;
  private frames: readonly Frame[];
  private locale: string;
  private unsaid: Utterance[];
  private closeCode = false;
  private full = false;

  constructor(session: Session, world: World) {
    this.world = world;
    this.test = session.test;
    this.frames = session.frames;
    this.locale = session.locale;
    this.unsaid = [...session.unsaid];
  }

  step(input: StepInput): Move {
    const next = this.begin(input);
    const session = {
      frames: this.frames,
      locale: this.locale,
      test: this.test,
      unsaid: next.kind === 'perform' ? this.unsaid : [],
    };
    return { session, closeCode: this.closeCode, full: this.full, next };
  }

  private begin(input: StepInput): Next {
    switch (input.type) {
      case 'open':
        return this.enter(input.callflow, input.variables);
      case 'heard':
        return this.tell(this.meaningOf(input.incoming));
      case 'result':
        return this.afterTask(input.result);
      case 'fault':
        return this.finish(this.top, 'error');
    }
  }

  private afterTask(result: TaskResult): Next {
    if (result.say !== undefined) this.say(speak(this.wordings(this.flow()), { name: result.say, variants: [] }, {}));
    return this.tell({ type: result.path, result });
  }

  /** Opens a callflow as a new frame; a verified caller skips one that would only verify again (G56). */
  private enter(callflow: string, variables: Readonly<Record<string, string>>): Next {
    const flow = this.world.library.flow(callflow);
    if (flow === undefined) throw broken(`There is no callflow named "${callflow}".`);
    const facts: Facts = { ...NO_FACTS, variables };
    this.frames = [...this.frames, { callflow, revision: flow.revision, block: flow.callflow.start, facts }];
    if (flow.verifies && flow.callflow.settings.skip === 'already-verified' && this.verified(flow, facts))
      return this.leave('success');
    const [snapshot, effects] = initialTransition(flow.machine, facts);
    if (snapshot.status === 'error') throw broken(`The callflow "${callflow}" could not begin.`, snapshot.error);
    return this.obey(flow, snapshot, effects as unknown as readonly Effect[]);
  }

  private tell(event: FlowEvent): Next {
    const flow = this.flow();
    const before = flow.machine.resolveState({ value: this.top.block, context: this.top.facts });
    const [snapshot, effects] = transition(flow.machine, before, event);
    return this.obey(flow, snapshot, effects as unknown as readonly Effect[]);
  }

  /** Obeys the effects of a transition. The last that asks, performs, links or leaves is where the call stands now. */
  private obey(flow: Flow, snapshot: AnyMachineSnapshot, effects: readonly Effect[]): Next {
    this.frames = [
      ...this.frames.slice(0, -1),
      { ...this.top, block: String(snapshot.value), facts: snapshot.context as Facts },
    ];
    let last: Exclude<Effect, { type: 'say' | 'close-code' | 'language' }> | undefined;
    for (const effect of effects) {
      if (effect.type === 'say')
        this.say(
          sayPrompt(this.promptOf(flow, effect.params.block), this.scene(flow, effect.params), this.wordings(flow)),
        );
      else if (effect.type === 'close-code') this.closeCode = true;
      else if (effect.type === 'language') this.locale = effect.params.locale;
      else last = effect;
    }
    switch (last?.type) {
      case 'ask':
      case 'listen-on':
        return this.ask(flow, last.type === 'listen-on');
      case 'perform':
        return { kind: 'perform', task: this.task(flow) };
      case 'link':
        return this.link(flow);
      case 'leave':
        return this.leave(last.params.exit);
      case undefined:
        throw broken(`The callflow "${flow.callflow.name}" came to "${this.top.block}" and nothing happens there.`);
    }
  }

  private ask(flow: Flow, silently: boolean): Next {
    const scene = this.scene(flow);
    const question = this.question(flow, scene);
    const spoken = silently ? [] : [...this.unsaid, ...sayQuestion(question, scene, this.wordings(flow))];
    const listen: Listen = {
      keys: question.keys ?? null,
      finishOnKey: question.hashIsAKey === true ? '' : '#',
      wait: question.wait,
    };
    return { kind: 'listen', spoken, listen };
  }

  private link(flow: Flow): Next {
    const { body, kind } = this.block(flow);
    if (kind.does !== 'link') throw broken(`"${this.top.block}" is no link.`);
    const variables = variablesOf(this.top.facts);
    return this.enter(
      kind.callflow(body),
      Object.fromEntries(kind.hands(body).map((name) => [name, variables[name] ?? ''])),
    );
  }

  /** Leaves the present frame: by the path of the link that opened it, else by what the exit says itself (D14). */
  private leave(wanted: string): Next {
    const frame = this.top;
    const exit = wanted === 'success' && !this.verified(this.flow(), frame.facts) ? 'error' : wanted;
    const parent = this.frames.at(-2);
    if (parent !== undefined) {
      const linking = this.world.library.flow(parent.callflow, parent.revision);
      const block = linking?.callflow.blocks.get(parent.block);
      const paths =
        block === undefined || linking === undefined
          ? {}
          : (VERBS.get(block.verb)?.paths(block.body, { name: block.name, callflow: linking.callflow }) ?? {});
      if (Object.hasOwn(paths, exit)) {
        this.frames = this.frames.slice(0, -1);
        return this.tell({ type: exit });
      }
    }
    return this.finish(frame, exit);
  }

  private finish(frame: Frame, name: string): Next {
    const flow = this.flow(frame);
    const { agent } = this.world.library;
    const linked = this.frames.length > 1;
    const found = exitNamed(flow.callflow, name, agent);
    if (found === undefined || ('returns' in found && linked)) return this.finish(frame, 'error');
    const scene = this.scene(flow);
    const wordings = this.wordings(flow);
    if (found.say !== undefined) this.say(sayPrompt(found.say, scene, wordings));
    const leave = {
      kind: 'leave',
      callflow: flow.callflow.name,
      exit: name,
      verified: this.verified(flow, frame.facts),
    } as const;
    if ('dial' in found && found.dial !== '')
      return { ...leave, spoken: this.unsaid, way: { kind: 'dial', to: found.dial } };
    if ('returns' in found) this.say(sayPrompt('goodbye', scene, wordings));
    if ('dial' in found) this.say(sayPrompt('no-one-available', scene, wordings));
    return { ...leave, spoken: this.unsaid, way: { kind: 'hang-up' } };
  }

  /** What the keys or the silence mean to the block that listens. */
  private meaningOf(incoming: Extract<Incoming, { type: 'keys' | 'silence' }>): FlowEvent {
    const flow = this.flow();
    const { facts } = this.top;
    const { body, kind } = this.block(flow);
    if (kind.does !== 'listen') throw broken(`"${this.top.block}" does not listen.`);
    if (incoming.type === 'silence') {
      if (facts.partial === '') return { type: 'silence' };
      const saved = kind.saves?.(body);
      return {
        type: 'wrong-key',
        variables:
          saved === undefined ? {} : nbestVariables(saved, [{ value: facts.partial, confidence: 1, mode: 'dtmf' }]),
      };
    }
    const scene = this.scene(flow);
    const { keys } = kind.question(body, scene);
    this.full = keys !== undefined && incoming.digits.length >= keys;
    return eventOf(kind.hear(body, incoming.digits, scene));
  }

  private task(flow: Flow): Task {
    const { body, kind } = this.block(flow);
    if (kind.does !== 'perform') throw broken(`"${this.top.block}" performs nothing.`);
    return kind.task(body, this.scene(flow));
  }

  private question(flow: Flow, scene: Scene): Question {
    const { body, kind } = this.block(flow);
    if (kind.does !== 'listen') throw broken(`"${this.top.block}" asks nothing.`);
    return kind.question(body, scene);
  }

  private promptOf(flow: Flow, name: string): string {
    const { body, kind } = this.block(flow, name);
    if (kind.does !== 'say') throw broken(`"${name}" says nothing.`);
    return kind.prompt(body);
  }

  private block(flow: Flow, name: string = this.top.block) {
    const block = flow.callflow.blocks.get(name);
    const verb = block === undefined ? undefined : VERBS.get(block.verb);
    if (block === undefined || verb === undefined)
      throw broken(`The callflow "${flow.callflow.name}" has no block "${name}".`);
    return { body: block.body, kind: verb.kind };
  }

  private verified(flow: Flow, facts: Facts): boolean {
    const { account } = flow.callflow;
    const value = account === null ? '' : canonicalAccount(variablesOf(facts)[account] ?? '');
    return value !== '' && this.world.verified(value);
  }

  private scene(flow: Flow, at: { readonly block: string; readonly facts: Facts } = this.top): Scene {
    const { callflow, revision } = flow;
    return { name: at.block, callflow, facts: at.facts, test: this.test, revision, locale: this.locale };
  }

  private wordings(flow: Flow): Wordings {
    const wordings = flow.wordings.get(this.locale) ?? flow.wordings.get(this.world.library.defaultLocale);
    if (wordings === undefined)
      throw broken(`The callflow "${flow.callflow.name}" has no prompts in ${this.world.library.defaultLocale}.`);
    return wordings;
  }

  private flow(frame: Frame = this.top): Flow {
    const flow = this.world.library.flow(frame.callflow, frame.revision);
    if (flow !== undefined) return flow;
    throw new DialproofError(
      'revision-unknown',
      `This call began with revision ${frame.revision} of the callflow "${frame.callflow}", which is not loaded.`,
      {
        fix: 'Keep a changed callflow beside the old one until its calls have ended, or let them leave by their error exit.',
      },
    );
  }

  private get top(): Frame {
    const top = this.frames.at(-1);
    if (top === undefined) throw broken('The call is in no callflow.');
    return top;
  }

  private say(utterance: Utterance | null): void {
    if (utterance !== null) this.unsaid.push(utterance);
  }
}

function eventOf(heard: Heard): FlowEvent {
  if ('again' in heard) return { type: 'again' };
  if ('partial' in heard) return { type: 'partial', partial: heard.partial };
  const variables = heard.variables === undefined ? {} : { variables: heard.variables };
  if ('wrong' in heard) return { type: 'wrong-key', ...variables };
  return { type: heard.path, ...variables, ...(heard.chosen === undefined ? {} : { chosen: heard.chosen }) };
}

function broken(message: string, cause?: unknown): DialproofError {
  return new DialproofError('wiring-broken', message, {
    fix: 'This is a fault of Dialproof itself: please report it with the callflow.',
    cause,
  });
}
