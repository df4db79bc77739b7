import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Callflow } from '../../../core/callflow/callflow.ts';
import type { WordReader } from '../../../core/call/heard-words.ts';
import { transcript, type Utterance, type Verb } from '../../../core/call/verbs.ts';
import { DialproofError } from '../../../core/errors.ts';
import type { ArrivedCode, CallSum, Stage, StagedCall } from '../../../simulator/stage.ts';
import type { Document, LineRequest } from '../../../telephone/call-events.ts';
import { httpLine, type HttpLine } from '../../../telephone/http-line.ts';
import type { Customer } from './customer.ts';
import { exitByLine, putsThrough } from './exit-by-line.ts';
import type { ServerAddress } from './server-address.ts';

export interface HttpStageParts {
  readonly at: ServerAddress;
  readonly callflow: string;
  /** Of the callflow: what the line does tells which one it was, where nobody says so. */
  readonly exits: Callflow['exits'];
  readonly customer: Customer;
  readonly reader: WordReader;
  /** Prompts that ask for the account of whoever calls. */
  readonly accountPrompts: ReadonlySet<string>;
  /** Requests go out when the telephone's time has come for them, and not as fast as can be. */
  readonly inTime: boolean;
}

/** How long a Pause before a Redirect (the server holds the line) lasts at most, in real milliseconds. */
const LONGEST_HOLD_MS = 1_000;
/** How long a code may be on its way, milliseconds. */
const PATIENCE_MS = 1_000;
const LOOK_EVERY_MS = 25;

/** Calls to a running server, by signed requests. */
export class HttpStage implements Stage {
  private readonly parts: HttpStageParts;

  constructor(parts: HttpStageParts) {
    this.parts = parts;
  }

  get reader(): WordReader {
    return this.parts.reader;
  }

  dial(): StagedCall {
    const call = `CA${randomBytes(16).toString('hex')}`;
    this.parts.customer.calls(call);
    return new HttpCall(call, this.parts);
  }

  later(): Promise<void> {
    return Promise.reject(
      new DialproofError('usage-wrong', "A server's clock is its own: `later` cannot move it.", {
        fix: 'Play this scenario without `--through http`.',
      }),
    );
  }

  lockElsewhere(): Promise<void> {
    return this.parts.customer.lock();
  }

  close(): Promise<void> {
    return this.parts.customer.leaves();
  }
}

class HttpCall implements StagedCall {
  readonly id: string;
  readonly url: string;
  private readonly parts: HttpStageParts;
  private readonly line: HttpLine;
  private readonly began = performance.now();
  private last: Document = null;
  /** The document that the call leaves with, as far as it has come. */
  private leaving: readonly Verb[] = [];

  constructor(id: string, parts: HttpStageParts) {
    const { at, callflow, customer } = parts;
    const { from, to } = customer;
    const query = new URLSearchParams(Object.entries(customer.inputs)).toString();
    this.id = id;
    this.parts = parts;
    this.line = httpLine({
      ...at,
      ...at.credentials,
      callSid: id,
      from,
      to,
      newToken: randomUUID,
    });
    this.url = `${at.publicUrl}/voice/${callflow}${query === '' ? '' : `?${query}`}`;
  }

  async request(request: LineRequest, at: number): Promise<Document> {
    await this.waits(at);
    const { digits } = request;
    const typed = digits !== undefined && this.asksForAccount() ? this.parts.customer.account(digits) : digits;
    return this.read(
      await this.line.request({
        ...request,
        ...(typed === undefined ? {} : { digits: typed }),
      }),
    );
  }

  async repeat(): Promise<boolean> {
    const before = this.line.text();
    return (await this.line.repeat()) === before;
  }

  async fallback(code: number): Promise<Document> {
    return this.read(await this.line.fallback(code));
  }

  hangUp(): Promise<void> {
    return this.line.hangUp();
  }

  async codes(atLeast: number): Promise<readonly ArrivedCode[]> {
    for (let waited = 0; ; waited += LOOK_EVERY_MS) {
      const codes = await this.parts.customer.codes(this.id);
      if (codes.length >= atLeast || waited >= PATIENCE_MS) return codes;
      await delay(LOOK_EVERY_MS);
    }
  }

  async sum(): Promise<CallSum> {
    const sum = await this.parts.customer.sum(this.id);
    const { leaving: verbs } = this;
    return {
      ...sum,
      exit: sum.exit ?? exitByLine(this.parts.exits, { verbs, prompts: this.promptsIn(verbs) }),
    };
  }

  promptsOf({ parts }: Utterance): readonly string[] {
    return this.parts.reader.promptsOf(transcript(parts));
  }

  get reply(): { readonly body: string } {
    return { body: this.line.text() };
  }

  /** The server holds the line while it works; and where codes may not follow each other at once, time must really pass. */
  private async waits(at: number): Promise<void> {
    const [hold, redirect] = (this.last ?? []).slice(-2);
    const held = hold?.verb === 'pause' && redirect?.verb === 'redirect' ? hold.seconds * 1000 : 0;
    const early = this.parts.inTime ? this.began + at - performance.now() : Math.min(held, LONGEST_HOLD_MS);
    if (early > 0) await delay(early);
  }

  private read(document: Document): Document {
    this.last = document;
    if (document !== null && !putsThrough(this.leaving)) this.leaving = document;
    return document;
  }

  private asksForAccount(): boolean {
    return this.promptsIn(this.last ?? []).some((prompt) => this.parts.accountPrompts.has(prompt));
  }

  /** By their names alone, without `.variant`. */
  private promptsIn(verbs: readonly Verb[]): readonly string[] {
    const heard = utterancesOf(verbs).flatMap((utterance) => this.promptsOf(utterance));
    return heard.map((prompt) => prompt.split('.')[0] ?? '');
  }
}

function utterancesOf(verbs: readonly Verb[]): readonly Utterance[] {
  return verbs.flatMap((verb) => {
    if (verb.verb === 'gather') return utterancesOf(verb.spoken);
    return verb.verb === 'say' || verb.verb === 'play' ? [verb.utterance] : [];
  });
}
