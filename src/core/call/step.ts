import type { Question } from '../blocks/verb.ts';
import { exitTaken } from '../callflow/callflow.ts';
import type { Effect, FlowEvent } from '../callflow/compile.ts';
import { NO_FACTS, variablesOf } from '../callflow/facts.ts';
import * as machines from '../callflow/transit.ts';
import { isSecret, linkedFrom, secretsIn } from '../callflow/secrets.ts';
import { meaningOf, type Heeded } from './meaning.ts';
import { speak } from './prompts.ts';
import { sayPrompt, sayQuestion, showQuestion } from './question.ts';
import type { Facts, Frame, Sender, Session, TaskResult } from './session.ts';
import { broken, Standing, unknownRevision } from './standing.ts';
import type { Task } from './tasks.ts';
import { backAt, missesCode, senderAfter, wasWrong } from './undelivered.ts';
import { wayOf, type Way } from './way.ts';
import type { Form, Listen, Utterance } from './verbs.ts';
import type { DialproofError } from '../errors.ts';
import type { World } from './world.ts';

export type { Library, World } from './world.ts';

export type StepInput =
  | {
      readonly type: 'open';
      readonly callflow: string;
      readonly variables: Readonly<Record<string, string>>;
      /** The number that was dialled, where it may choose the language. */
      readonly dialled?: string;
    }
  | { readonly type: 'heard'; readonly incoming: Heeded }
  | { readonly type: 'result'; readonly result: TaskResult }
  /** Something of ours broke: leave by `error`. */
  | { readonly type: 'fault' };

export interface Move {
  readonly session: Session;
  /** The live code of the call is void from here on. */
  readonly closeCode: boolean;
  /** The same for the one that is reported as failed. */
  readonly undelivered: boolean;
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
  /** The exit that was wanted, where its address is not set and this one was taken in its place. */
  readonly unset: string | null;
  /** Whether the account of the callflow that leaves is verified. */
  readonly verified: boolean;
  readonly spoken: readonly Utterance[];
  readonly way: Way;
}

/**
 * One step of a call: pure, so that the server, the simulator and the checker's search all run the same. Throws
 * `revision-unknown` when the world's library is not the one that the call began in.
 */
export function step(session: Session, input: StepInput, world: World): Move {
  if (input.type !== 'open' && session.revision !== world.library.revision) throw unknownRevision(session);
  return new Run(session, world).step(input);
}

/** So many callflows entered and left, and transitions made, without asking or doing anything: an endless loop. */
const MOST_MOVES = 100;

/** The mutable scratch of one step; nothing of it survives the step but the session it makes. */
class Run {
  private readonly world: World;
  private readonly test: boolean;
  private readonly lines: Session['lines'];
  private frames: readonly Frame[];
  private locale: string;
  private unsaid: Utterance[];
  private sender: Sender | null;
  private closeCode = false;
  private undelivered = false;
  private full = false;
  private moves = 0;
  private stands: Standing | null = null;

  constructor(session: Session, world: World) {
    this.world = world;
    this.test = session.test;
    this.lines = session.lines;
    this.frames = session.frames;
    this.locale = session.locale;
    this.unsaid = [...session.unsaid];
    this.sender = session.sender ?? null;
  }

  step(input: StepInput): Move {
    const next = this.begin(input);
    const session = {
      revision: this.world.library.revision,
      frames: this.frames,
      locale: this.locale,
      test: this.test,
      ...(this.lines === undefined ? {} : { lines: this.lines }),
      unsaid: next.kind === 'perform' ? this.unsaid : [],
      ...(this.sender === null ? {} : { sender: this.sender }),
    };
    const { closeCode, undelivered, full } = this;
    return { session, closeCode, undelivered, full, next };
  }

  private begin(input: StepInput): Next {
    switch (input.type) {
      case 'open':
        return this.enter(input.callflow, input.variables, input.dialled);
      case 'heard':
        return this.afterHearing(input.incoming);
      case 'result':
        return this.afterTask(input.result);
      case 'fault':
        return this.afterFault();
    }
  }

  private afterFault(): Next {
    const { block } = this.top;
    const { exit, path } = this.here.fault;
    if (path !== null) this.took({ block, path });
    return this.finish(exit);
  }

  private afterHearing(incoming: Heeded): Next {
    const { event, full } = meaningOf(incoming, this.here);
    this.full = full;
    return (missesCode(event, this.here) ? this.backToSender() : null) ?? this.tell(event);
  }

  /** A path that the block does not have is none of its own: the machine takes it for a fault. */
  private afterTask(result: TaskResult): Next {
    const { here } = this;
    const { wordings, paths } = here;
    const back = wasWrong(result, here) ? this.backToSender() : null;
    if (back !== null) return back;
    this.sender = senderAfter(result, { here, frame: this.frames.length - 1, before: this.sender });
    if (result.say !== undefined) this.say(speak(wordings, { name: result.say, variants: [] }, {}));
    const { variables = {} } = result;
    return this.tell({ type: Object.hasOwn(paths, result.path) ? result.path : 'unknown path', variables, result });
  }

  /** Where the newest code was sent from, by the path of one that failed; null where it is not reported to have failed. */
  private backToSender(): Next | null {
    const { sender } = this;
    if (sender === null || !this.world.undelivered(this.here.account)) return null;
    this.frames = this.frames.slice(0, sender.frame + 1);
    this.frames = [...this.frames.slice(0, -1), backAt(this.top, sender.block, this.here.flow.callflow)];
    const { sends } = this.here.block('perform').kind;
    if (sends === undefined) throw broken(`The block "${sender.block}" of "${this.top.callflow}" sends nothing.`);
    this.sender = null;
    this.undelivered = true;
    return this.tell({ type: sends.undelivered });
  }

  /** Opens a callflow as a new frame; a verified caller skips one that would only verify again (G56). */
  private enter(callflow: string, variables: Readonly<Record<string, string>>, dialled = ''): Next {
    const flow = this.world.library.flow(callflow);
    if (flow === undefined) throw broken(`There is no callflow named "${callflow}".`);
    const facts: Facts = { ...NO_FACTS, variables };
    this.frames = [...this.frames, { callflow, block: flow.callflow.start, facts }];
    const { localeByNumber } = flow.callflow;
    const byNumber = Object.hasOwn(localeByNumber, dialled) ? localeByNumber[dialled] : undefined;
    this.locale = variables['locale'] || byNumber || this.locale;
    if (this.here.skipped) return this.leave('success');
    return this.move(() => machines.enter(flow.machine, facts));
  }

  private tell(event: FlowEvent): Next {
    const { flow, frame } = this.here;
    return this.move(() => machines.tell(flow.machine, frame, event));
  }

  /** Whatever never settles ends here: it throws instead of going round and round. */
  private move(transit: () => machines.Transit): Next {
    const { callflow, block } = this.top;
    this.moves += 1;
    if (this.moves > MOST_MOVES) throw this.endless();
    let moved: machines.Transit;
    try {
      moved = transit();
    } catch (error) {
      throw broken(`The callflow "${callflow}" cannot go on from "${block}".`, error);
    }
    return this.obey(moved);
  }

  /** Obeys the effects of a transition. The last that asks, performs, links or leaves is where the call stands now. */
  private obey({ block, facts, effects }: machines.Transit): Next {
    this.frames = [...this.frames.slice(0, -1), { callflow: this.top.callflow, block, facts }];
    let last: Exclude<Effect, { type: 'say' | 'took' | 'close-code' | 'language' }> | undefined;
    for (const effect of effects) {
      if (effect.type === 'say') this.obeySay(effect.params);
      else if (effect.type === 'took') this.took(effect.params);
      else if (effect.type === 'close-code') this.closeCode = true;
      else if (effect.type === 'language') this.locale = effect.params.locale;
      else last = effect;
    }
    switch (last?.type) {
      case 'ask':
      case 'listen-on':
        return this.ask(last.type === 'listen-on');
      case 'perform': {
        const { body, kind } = this.here.block('perform');
        return { kind: 'perform', task: kind.task(body, this.here.scene()) };
      }
      case 'link':
        return this.link();
      case 'leave':
        return this.leave(last.params.exit);
      // A block that leads to itself, and nothing there asks or does anything.
      case undefined:
        throw this.endless();
    }
  }

  private endless(): DialproofError {
    return broken(`The callflow "${this.top.callflow}" goes round and round at "${this.top.block}".`);
  }

  private took({ block, path }: { readonly block: string; readonly path: string }): void {
    this.world.took?.({ callflow: this.top.callflow, block, path });
  }

  private obeySay(at: { readonly block: string; readonly facts: Facts }): void {
    const { here } = this;
    const { body, kind } = here.block('say', at.block);
    const language = kind.language(body);
    const wordings = language === null ? here.wordings : here.wordingsIn(language);
    this.say(sayPrompt(kind.prompt(body), here.scene(at), wordings));
  }

  private ask(silently: boolean): Next {
    const { here } = this;
    const { body, kind } = here.block('listen');
    const scene = here.scene();
    const question = kind.question(body, scene);
    const spoken = silently ? [] : [...this.unsaid, ...sayQuestion(question, scene, here)];
    const listen: Listen = {
      keys: question.keys ?? null,
      finishOnKey: question.hashIsAKey === true ? '' : '#',
      ...(question.speech === undefined
        ? {}
        : { speech: { language: here.wordings.locale, only: question.speech === 'only' } }),
      wait: question.wait,
      ...(scene.callflow.signIn === null ? {} : { form: this.form(question) }),
    };
    return { kind: 'listen', spoken, listen };
  }

  /** A page is never shown without its question. */
  private form(question: Question): Form {
    const { here } = this;
    const star = question.options === undefined && Object.hasOwn(here.paths, 'star');
    const { words, ...shown } = showQuestion(question, { scene: here.scene(), tongue: here, star });
    return { block: this.top.block, words: [...this.unsaid, ...words], ...shown };
  }

  private link(): Next {
    const { body, kind } = this.here.block('link');
    const variables = variablesOf(this.top.facts);
    return this.enter(
      kind.callflow(body),
      Object.fromEntries(kind.hands(body).map((name) => [name, variables[name] ?? ''])),
    );
  }

  /** Leaves the present frame: by the path of the link that opened it, else by what the exit says itself (D14). */
  private leave(wanted: string): Next {
    const exit = wanted === 'success' && !this.here.verified ? 'error' : wanted;
    const parent = this.frames.at(-2);
    if (parent === undefined || !Object.hasOwn(this.standing(parent).paths, exit)) return this.finish(exit);
    this.frames = this.frames.slice(0, -1);
    // Another run of the callflow would have the same place among the frames, and is not the one that sent.
    if (this.sender !== null && this.sender.frame >= this.frames.length) this.sender = null;
    return this.tell({ type: exit });
  }

  /** Ends the call or puts it through, as the exit says. */
  private finish(wanted: string): Next {
    const { here } = this;
    const { callflow } = here.flow;
    const { agent } = this.world.library;
    const { name, exit, unset } = exitTaken(callflow, wanted, { agent, linked: this.frames.length > 1 });
    const say = (prompt: string): void => this.say(sayPrompt(prompt, here.scene(), here.wordings));
    if (exit.say !== undefined) say(exit.say);
    const { way, says } = wayOf(exit, this.giveAway());
    if (says !== null) say(says);
    return {
      kind: 'leave',
      callflow: callflow.name,
      exit: name,
      unset,
      verified: here.verified,
      spoken: this.unsaid,
      way,
    };
  }

  /** The values of variables as another application may learn them; null for codes and secrets, whatever a file says. */
  private giveAway(): (variable: string) => string | null {
    const { library } = this.world;
    const variables = variablesOf(this.top.facts);
    const [first = this.top] = this.frames;
    let secrets: ReturnType<typeof secretsIn> | null = null;
    return (variable) => {
      // Most exits give nothing away.
      secrets ??= secretsIn(
        linkedFrom(this.standing(first).flow.callflow, (callflow) => library.flow(callflow)?.callflow),
      );
      return isSecret(variable, secrets) ? null : (variables[variable] ?? '');
    };
  }

  /** Where the call stands; the same as long as it stands there. */
  private get here(): Standing {
    const { top, locale } = this;
    if (this.stands?.frame !== top || this.stands.locale !== locale) this.stands = this.standing(top);
    return this.stands;
  }

  private standing(frame: Frame): Standing {
    return new Standing(frame, { world: this.world, locale: this.locale, test: this.test });
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
