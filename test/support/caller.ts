import { randomBytes } from 'node:crypto';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { transcript, type Gather, type Verb } from '../../src/core/call/verbs.ts';
import { readTwiml } from '../../src/telephone/twiml-reader.ts';
import { keepDocument } from './documents.ts';

export interface Address {
  /** Where requests are sent. */
  readonly server: string;
  readonly publicUrl: string;
  readonly authToken: string;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface PostOptions {
  /** Signed with this token; null for no signature at all. */
  readonly token?: string | null;
  readonly idempotency?: string;
}

/** A voice platform on the wire, request by request: what a test needs to repeat, reorder and tamper. */
export class Caller {
  readonly call: string;
  readonly to: string;
  readonly from: string;
  /** The last document, as it came. */
  body = '';
  private readonly address: Address;

  constructor(
    address: Address,
    options: { readonly call?: string; readonly to?: string; readonly from?: string } = {},
  ) {
    this.address = address;
    this.call = options.call ?? `CA${randomBytes(16).toString('hex')}`;
    this.to = options.to ?? '+12025550100';
    this.from = options.from ?? '+12025550123';
  }

  /** One webhook; the call's own document stays as it is. */
  async post(
    url: string,
    parameters: Readonly<Record<string, string>> = {},
    options: PostOptions = {},
  ): Promise<Answer> {
    const { publicUrl, server, authToken } = this.address;
    const target = url.startsWith('/') ? `${publicUrl}${url}` : url;
    const form = {
      CallSid: this.call,
      AccountSid: `AC${'0'.repeat(32)}`,
      From: this.from,
      To: this.to,
      CallStatus: 'in-progress',
      ...parameters,
    };
    const token = options.token === undefined ? authToken : options.token;
    const response = await fetch(`${server}${target.slice(publicUrl.length)}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(token === null ? {} : { 'x-twilio-signature': webhooks.getExpectedTwilioSignature(token, target, form) }),
        ...(options.idempotency === undefined ? {} : { 'i-twilio-idempotency-token': options.idempotency }),
      },
      body: new URLSearchParams(form).toString(),
    });
    const body = await response.text();
    if (response.status === 200) keepDocument(body);
    return { status: response.status, body };
  }

  /** The call's next webhook: its document becomes the call's own. */
  async go(url: string, parameters: Readonly<Record<string, string>> = {}): Promise<this> {
    const answer = await this.post(url, parameters);
    if (answer.status !== 200) throw new Error(`expected a document, got ${answer.status}: ${answer.body}`);
    this.body = answer.body;
    return this;
  }

  /** Rings a callflow; follows what needs no caller (a held line). */
  async dials(callflow: string, query: Readonly<Record<string, string>> = {}): Promise<this> {
    const search = new URLSearchParams(query).toString();
    await this.go(`/voice/${callflow}${search === '' ? '' : `?${search}`}`, { CallStatus: 'ringing' });
    return this.waits();
  }

  /** Types keys at the question that is asked; a held line is waited out. */
  async presses(digits: string): Promise<this> {
    await this.go(this.action, { Digits: digits });
    return this.waits();
  }

  /** Says nothing until the platform follows the Redirect. */
  async isSilent(): Promise<this> {
    await this.go(this.redirect);
    return this.waits();
  }

  /** Follows a held line until something is asked or said. */
  async waits(): Promise<this> {
    for (let polls = 0; this.isHeld; polls++) {
      if (polls > 100) throw new Error('the line was held for over 100 requests');
      await new Promise((resolve) => setTimeout(resolve, 100));
      await this.go(this.redirect);
    }
    return this;
  }

  async hangsUp(): Promise<void> {
    await this.post('/voice/status', { CallStatus: 'completed' });
  }

  get verbs(): readonly Verb[] {
    return readTwiml(this.body);
  }

  get gather(): Gather {
    const found = this.verbs.find((verb) => verb.verb === 'gather');
    if (found === undefined) throw new Error(`nothing is asked in ${this.body}`);
    return found;
  }

  /** The recordings that the last document plays. */
  get played(): readonly string[] {
    return this.verbs
      .flatMap((verb): readonly Verb[] => (verb.verb === 'gather' ? verb.spoken : [verb]))
      .flatMap((verb) => (verb.verb === 'play' ? [verb.url] : []));
  }

  /** Where keys are posted to. */
  get action(): string {
    return this.gather.action;
  }

  get redirect(): string {
    const found = this.verbs.find((verb) => verb.verb === 'redirect');
    if (found === undefined) throw new Error(`there is no Redirect in ${this.body}`);
    return found.url;
  }

  get isHeld(): boolean {
    return this.verbs.some((verb) => verb.verb === 'pause') && this.verbs.at(-1)?.verb === 'redirect';
  }

  /** Where the call is put through to, if it is. */
  get dialled(): string | null {
    const dial = this.verbs.find((verb) => verb.verb === 'dial');
    if (dial === undefined) return null;
    return dial.to.kind === 'number' ? dial.to.number : dial.to.uri;
  }

  get dialAction(): string {
    const dial = this.verbs.find((verb) => verb.verb === 'dial');
    if (dial?.action === undefined) throw new Error(`nobody is dialled in ${this.body}`);
    return dial.action;
  }

  get queueAction(): string {
    const enqueue = this.verbs.find((verb) => verb.verb === 'enqueue');
    if (enqueue === undefined) throw new Error(`nobody waits in a queue in ${this.body}`);
    return enqueue.action;
  }

  get hasEnded(): boolean {
    return this.verbs.at(-1)?.verb === 'hangup';
  }

  /** Everything that the last document says. */
  get heard(): string {
    return said(this.body);
  }
}

/** What a document says, as a person would write it down. */
export function said(body: string): string {
  return readTwiml(body)
    .flatMap((verb) =>
      verb.verb === 'gather' ? verb.spoken : verb.verb === 'say' || verb.verb === 'play' ? [verb] : [],
    )
    .flatMap((spoken) => (spoken.verb === 'pause' ? [] : [transcript(spoken.utterance.parts)]))
    .join(' ');
}
