import { randomInt } from 'node:crypto';
import type { ServiceAnswer, ServiceRequest, WebService, XmlElement } from '../core/contracts/web-service.ts';
import type { Delivered, Delivery, Message } from '../core/contracts/delivery.ts';
import type { Method } from '../core/method.ts';
import type { Given } from '../core/scenario/scenario-schema.ts';
import { TRAITS } from '../core/method.ts';
import type { ServiceBook, ServiceUse } from './service-book.ts';
import { element } from './xml.ts';

/** Something that came to the customer. */
export interface Letter {
  readonly method: Method;
  /** Null where it tells of something else. */
  readonly code: string | null;
  /** Of the send that it belongs to; empty where another system sent it. */
  readonly report: string;
}

/** All that surrounds a simulated call: the customer, their mailbox and telephone, and the company's web services. */
export class Company implements WebService {
  readonly letters: Letter[] = [];
  private readonly given: Given;
  private readonly parts: {
    readonly book: ServiceBook;
    /** A service that takes so many milliseconds. */
    readonly clock: { wait(ms: number): Promise<void> };
    readonly readXml: (text: string) => ServiceAnswer;
  };
  private externalCode: string | null = null;

  constructor(given: Given, parts: Company['parts']) {
    this.given = given;
    this.parts = parts;
  }

  /** Messages of a sender arrive here, or do not. */
  delivery(sender: Delivery): Delivery {
    const { method } = sender;
    return {
      method,
      canonical: (destination, lines) => sender.canonical(destination, lines),
      deliver: (message) => Promise.resolve(this.deliver(method, message)),
    };
  }

  async call(request: ServiceRequest): Promise<ServiceAnswer> {
    const answer = await this.respond(request);
    return 'reply' in answer ? this.parts.readXml(answer.reply) : answer;
  }

  /** What a service answers, as it goes out: the document of the scenario, or one that is made. */
  async respond(request: ServiceRequest): Promise<ServiceAnswer | { readonly reply: string }> {
    const use = this.parts.book.useOf(request.url);
    if (use === undefined) return { kind: 'failed', reason: 'nobody answers at this address', unsent: true };
    const fixture = use.names.map((name) => this.given.services[name]).find((each) => each !== undefined);
    const delay = fixture?.delay ?? 0;
    if (delay > 0) await this.parts.clock.wait(Math.min(delay, request.timeout));
    if (delay >= request.timeout) return { kind: 'failed', reason: 'it took too long' };
    if (fixture?.fail === true) return { kind: 'failed', reason: 'it fails in this scenario' };
    if (fixture?.reply !== undefined) return { reply: fixture.reply };
    return { kind: 'answer', root: this.answer(use, request, fixture?.status) };
  }

  private answer(use: ServiceUse, request: ServiceRequest, status: string | undefined): XmlElement {
    switch (use.role) {
      case 'contact-methods':
        return contactMethods(status === undefined ? this.given.customer : null, status ?? 'success');
      case 'send-code':
        return element('sendAuthenticationCode', [element('status', status ?? this.sendCode(request))]);
      case 'verify-code':
        return element('codeAuthentication', [element('status', status ?? this.verifyCode(request))]);
      case 'service':
        return anyAnswer(use, status ?? 'success');
    }
  }

  /** A message by this method comes here, or does not. */
  deliver(method: Method, message: Pick<Message, 'text' | 'report'>): Delivered {
    const fails = this.given['sends-fail'][method];
    if (fails !== undefined)
      return { outcome: fails, accepted: fails !== 'unreachable', reason: 'as the scenario has it' };
    this.letters.push({ method, code: codeIn(message), report: message.report });
    return { outcome: 'sent' };
  }

  /** The customer's own system makes a code. */
  private sendCode({ parameters }: ServiceRequest): string {
    const chosen = (parameters['TwoFactorAuthSelectedMethod'] ?? '').toLowerCase();
    const method = (Object.keys(TRAITS) as Method[]).find((each) => TRAITS[each].inRequests.toLowerCase() === chosen);
    const fails = method === undefined ? undefined : this.given['sends-fail'][method];
    if (method === undefined || fails !== undefined) return fails ?? 'error';
    this.externalCode = String(randomInt(0, 1_000_000)).padStart(6, '0');
    this.letters.push({ method, code: this.externalCode, report: '' });
    return 'success';
  }

  private verifyCode({ parameters }: ServiceRequest): string {
    const entered = Object.entries(parameters).find(([name]) => name.endsWith('_nbest1'))?.[1] ?? '';
    const isRight = entered !== '' && entered === this.externalCode;
    if (isRight) this.externalCode = null;
    return isRight ? 'success' : 'incorrect code';
  }
}

function contactMethods(customer: Given['customer'] | null, status: string): XmlElement {
  const methods = Object.entries(customer ?? {}).map(([name, value]) =>
    element('method', '', { name, ...(typeof value === 'string' ? { value } : {}) }),
  );
  return element('checkVerifiedContactMethods', [element('status', status), element('methods', methods)]);
}

/** An answer of a service that nobody knows more of: every variable that it sets gets a value. */
function anyAnswer({ receive }: ServiceUse, status: string): XmlElement {
  const [root = 'answer'] = (receive[0] ?? '').split('/');
  const values = receive.map((path) => leaf(path.split('/').slice(1)));
  return element(root, [element('status', status), ...values.filter((value) => value !== null)]);
}

const ANY_VALUE = '12';

function leaf([first, ...rest]: readonly string[]): XmlElement | null {
  if (first === undefined || first.startsWith('@')) return null;
  const attribute = rest[0]?.startsWith('@') === true ? { [rest[0].slice(1)]: ANY_VALUE } : {};
  const inner = leaf(rest);
  return element(first, inner === null ? ANY_VALUE : [inner], attribute);
}

/** Codes stand in their messages as digits on their own; what tells of a lock has none. */
function codeIn({ text }: Pick<Message, 'text'>): string | null {
  return /(?<![\d+])\d{4,10}(?!\d)/.exec(text)?.[0] ?? null;
}
