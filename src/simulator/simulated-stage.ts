import type { CodeCalls } from '../app/code-calls.ts';
import type { Engine } from '../app/engine.ts';
import type { FailedWebhook } from '../app/webhook.ts';
import type { Webhook } from '../app/webhook.ts';
import type { WordReader } from '../core/call/heard-words.ts';
import type { Incoming } from '../core/call/input.ts';
import { transcript, type Utterance } from '../core/call/verbs.ts';
import type { Keyring } from '../core/contracts/keyring.ts';
import type { Store } from '../core/contracts/store.ts';
import type { Reply } from '../core/contracts/turns.ts';
import { DialproofError } from '../core/errors.ts';
import type { Given } from '../core/scenario/scenario-schema.ts';
import type { Document, LineRequest } from '../telephone/call-events.ts';
import type { Application } from './application.ts';
import type { Company, Letter } from './company.ts';
import { LINKS, readLink, type Asked } from './links.ts';
import { lockAccount } from './lock-account.ts';
import type { ArrivedCode, CallSum, Stage, StagedCall } from './stage.ts';
import { VerbReply } from './verb-reply.ts';
import type { VirtualClock } from './virtual-clock.ts';

export interface StageParts {
  readonly engine: Engine;
  readonly codeCalls: CodeCalls;
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly company: Company;
  readonly keyring: Keyring;
  readonly application: Application | null;
  readonly callflow: {
    readonly name: string;
    readonly account: string;
    readonly inputs: Readonly<Record<string, string>>;
  };
  readonly given: Given;
  readonly reader: WordReader;
}

/** Numbers of the reserved range +1 202 555 0100 to 0199. */
const FROM = '+12025550123';
const TO = '+12025550100';

/** Calls to the turn engine in this process. */
export class SimulatedStage implements Stage {
  private readonly parts: StageParts;
  private calls = 0;

  constructor(parts: StageParts) {
    this.parts = parts;
  }

  get reader(): WordReader {
    return this.parts.reader;
  }

  dial(): StagedCall {
    this.calls += 1;
    return new SimulatedCall(`CA${String(this.calls).padStart(32, '0')}`, this.parts);
  }

  later(ms: number): Promise<void> {
    this.parts.clock.advance(ms);
    return Promise.resolve();
  }

  lockElsewhere(): Promise<void> {
    const { store, clock, callflow } = this.parts;
    return lockAccount(callflow.account, { store, clock });
  }

  close(): Promise<void> {
    return this.parts.clock.until(this.parts.engine.settled());
  }
}

class SimulatedCall implements StagedCall {
  readonly id: string;
  readonly url: string;
  private readonly start: Extract<Asked, { readonly kind: 'start' }>;
  private readonly parts: StageParts;
  private readonly lettersBefore: number;
  private readonly began: number;
  /** What the call has waited for the line beyond the telephone's own time. */
  private waited = 0;
  private last: { readonly reply: Reply; readonly again: () => Promise<Reply>; readonly request: LineRequest } | null =
    null;
  private readonly told = new Map<Letter, string>();

  constructor(id: string, parts: StageParts) {
    this.id = id;
    this.parts = parts;
    this.lettersBefore = parts.company.letters.length;
    this.began = parts.clock.monotonic();
    const { name, inputs } = parts.callflow;
    this.start = { kind: 'start', callflow: name, query: Object.entries(inputs) };
    this.url = LINKS.start(name, this.start.query);
  }

  async request(request: LineRequest, at: number): Promise<Document> {
    const { clock, engine, application, callflow } = this.parts;
    const asked = this.asked(request);
    if (asked === null) return null;
    clock.advance(Math.max(0, this.began + this.waited + at - clock.monotonic()));
    await application?.enrol(callflow.account);
    const webhook = this.webhook(incomingOf(request, asked.kind === 'turn' && asked.silence));
    const again = (): Promise<Reply> =>
      clock.until(asked.kind === 'turn' ? engine.turn(asked.nonce, webhook) : engine.start(asked, webhook));
    const reply = await again();
    this.waited = clock.monotonic() - this.began - at;
    this.last = { reply, again, request };
    return verbsOf(reply);
  }

  async repeat(): Promise<boolean> {
    const { reply, again } = this.lastReply;
    const another = await again();
    return another === reply || another.body === reply.body;
  }

  async fallback(code: number): Promise<Document> {
    const { request } = this.lastReply;
    const { clock, engine } = this.parts;
    const asked = this.asked(request);
    const names: FailedWebhook['names'] =
      asked === null ? { kind: 'other' } : asked.kind === 'turn' ? asked : { kind: 'start', start: asked };
    const webhook = this.webhook(incomingOf(request, asked?.kind === 'turn' && asked.silence));
    const failed = { code: String(code), url: request.url, names };
    const again = (): Promise<Reply> => clock.until(engine.fallback(failed, webhook));
    const reply = await again();
    this.last = { reply, again, request };
    return verbsOf(reply);
  }

  hangUp(): Promise<void> {
    return this.parts.clock.until(this.parts.engine.over(this.id));
  }

  async codes(): Promise<readonly ArrivedCode[]> {
    const { company, application } = this.parts;
    const arrived: ArrivedCode[] = [];
    for (const letter of company.letters.slice(this.lettersBefore)) {
      const code = letter.code ?? (letter.method === 'voice' ? await this.answerCodeCall(letter) : null);
      if (code !== null) arrived.push({ method: letter.method, code });
    }
    const summary = application === null ? null : await this.parts.store.readCall(this.id);
    const isShown = summary?.challenges.at(-1)?.method === 'authenticator';
    return isShown && application !== null
      ? [...arrived, { method: 'authenticator', code: application.code }]
      : arrived;
  }

  async sum(): Promise<CallSum> {
    const summary = await this.parts.store.readCall(this.id);
    const { exit, sends = 0, attempts = 0, turns = 0, grants = 0 } = summary ?? {};
    return { exit: exit ?? '', sends, attempts, turns, grants };
  }

  promptsOf({ prompt }: Utterance): readonly string[] {
    return [prompt];
  }

  get reply(): Pick<Reply, 'body'> {
    return this.lastReply.reply;
  }

  private get lastReply() {
    if (this.last === null) throw nothingSaid();
    return this.last;
  }

  private asked({ url }: LineRequest): Asked {
    return url === this.url ? this.start : readLink(url);
  }

  private webhook(incoming: Incoming): Webhook {
    const { from = FROM, to = TO } = this.parts.given;
    return { call: this.id, to, from, over: false, incoming, token: '' };
  }

  /** The person called presses the key, and hears the code. */
  private async answerCodeCall(letter: Letter): Promise<string | null> {
    const known = this.told.get(letter);
    if (known !== undefined) return known;
    const { store, clock, codeCalls } = this.parts;
    const token = letter.report;
    const key = (await store.readCodeCall(token))?.tells.key ?? '';
    await clock.until(codeCalls.answer({ token, step: 0, input: { type: 'nothing' } }));
    const heard = verbsOf(await clock.until(codeCalls.answer({ token, step: 1, input: { type: 'key', key } })));
    const said = (heard ?? []).flatMap((verb) => (verb.verb === 'say' ? [transcript(verb.utterance.parts)] : []));
    const code = /\d(?: ?\d){3,9}/.exec(said.join('. '))?.[0].replaceAll(' ', '') ?? null;
    if (code !== null) this.told.set(letter, code);
    return code;
  }
}

function incomingOf({ digits, finishedOnKey, words, dialled, queued }: LineRequest, silence: boolean): Incoming {
  if (dialled !== undefined) return { type: 'dialled', status: dialled };
  if (queued !== undefined) return { type: 'queued', result: queued };
  if (digits !== undefined) return { type: 'keys', digits, ...(finishedOnKey === true ? { ended: true } : {}) };
  if (words !== undefined) return { type: 'speech', text: words, confidence: 0.9 };
  return { type: silence ? 'silence' : 'back' };
}

function verbsOf(reply: Reply): Document {
  if (reply instanceof VerbReply) return reply.verbs;
  throw new DialproofError('wiring-broken', 'A simulated reply was not written by the simulator.', {
    fix: 'This is a fault of Dialproof itself: please report it with the scenario.',
  });
}

function nothingSaid(): DialproofError {
  return new DialproofError('usage-wrong', 'Nothing was answered yet that could be repeated.', {
    fix: 'Let the call begin first.',
  });
}
