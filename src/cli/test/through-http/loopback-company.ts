import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import express from 'express';
import { readXml } from '../../../adapters/web-service/xml-reader.ts';
import type { Method } from '../../../core/method.ts';
import type { Given } from '../../../core/scenario/scenario-schema.ts';
import { startLoopbackService, type LoopbackService } from '../../../demo/loopback-service.ts';
import { startMailSink, type MailSink } from '../../../demo/mail-sink.ts';
import { Company } from '../../../simulator/company.ts';
import type { ServiceBook } from '../../../simulator/service-book.ts';
import { sinkReply, SMTP_REFUSALS } from './refusals.ts';
import { xmlText } from './xml-text.ts';

/** The customer of one scenario, and the company as it is in this scenario. */
export interface Resident {
  readonly given: Given;
  readonly company: Company;
}

type Outcome = 'sent' | 'unreachable' | 'rejected' | 'error';

/**
 * The company of all scenarios that are played at once: a mail server, an SMS gateway, an interface that places calls,
 * and web services, on free ports of 127.0.0.1. Whose message or question it is, its destination or account says.
 */
export class LoopbackCompany {
  private readonly residents = new Map<string, Resident>();
  private mail!: MailSink;
  private sms!: LoopbackService;
  private calls!: LoopbackService;
  private services!: LoopbackService;
  private book: ServiceBook | null = null;

  static async start(): Promise<LoopbackCompany> {
    const company = new LoopbackCompany();
    [company.mail, company.sms, company.calls, company.services] = await Promise.all([
      company.startMail(),
      startLoopbackService('/messages', company.messages()),
      startLoopbackService('/2010-04-01', company.placedCalls()),
      startLoopbackService('/services', company.answers()),
    ]);
    return company;
  }

  /** Where a setting that names a web service leads. */
  serviceUrl(setting: string): string {
    return `${this.services.url}/${setting.toLowerCase().replaceAll('_', '-')}`;
  }

  /** The services are known only once the callflows are read with these addresses. */
  serves(book: ServiceBook): void {
    this.book = book;
  }

  companyOf(given: Given): Company {
    if (this.book === null) throw new Error('The company serves nothing yet.');
    return new Company(given, {
      book: this.book,
      clock: { wait: (ms) => delay(ms, undefined, { ref: false }) },
      readXml,
    });
  }

  /** By account, address or number; a customer moves in under several. */
  moveIn(name: string, resident: Resident): void {
    this.residents.set(keyOf(name), resident);
  }

  moveOut(resident: Resident): void {
    for (const [name, each] of this.residents) if (each === resident) this.residents.delete(name);
  }

  knows(name: string): boolean {
    return this.residents.has(keyOf(name));
  }

  /** As settings of a server; the listed methods cannot be reached: nobody listens there. */
  settings(unreachable: readonly Method[]): Readonly<Record<string, string>> {
    const away = (method: Method): boolean => unreachable.includes(method);
    return {
      EMAIL_SMTP_HOST: this.mail.host,
      EMAIL_SMTP_PORT: away('email') ? NOBODY : String(this.mail.port),
      EMAIL_SMTP_TLS: 'none',
      EMAIL_SMTP_USER: '',
      EMAIL_SMTP_PASSWORD: '',
      SMS_PROVIDER: 'gateway',
      SMS_METHOD: 'POST',
      SMS_URL: away('sms') ? `http://127.0.0.1:${NOBODY}/` : this.sms.url,
      SMS_REQUEST_HEADERS: '"Content-Type:application/json"',
      SMS_REQUEST_BODY: '{"to":"{{to}}","text":"{{text}}","report":"{{report}}"}',
      TWILIO_API_URL: away('voice') ? `http://127.0.0.1:${NOBODY}` : new URL(this.calls.url).origin,
      TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
      TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
      SERVICE_HOSTS: [this.sms.host, this.services.host, `127.0.0.1:${NOBODY}`].join(','),
    };
  }

  async close(): Promise<void> {
    await Promise.all([this.mail, this.sms, this.calls, this.services].map((each) => each.close()));
  }

  private startMail(): Promise<MailSink> {
    const refuses = (to: string): number | null => {
      const fails = this.residents.get(keyOf(to))?.given['sends-fail'].email;
      return fails === undefined ? null : SMTP_REFUSALS[fails];
    };
    return startMailSink({ add: ({ to, text, report }) => void this.deliver('email', to, { text, report }) }, refuses);
  }

  private messages(): express.Router {
    return express.Router().post('/', express.json({ limit: '64kb' }), (request, response) => {
      const { to = '', text = '', report = '' } = stringsOf(request.body);
      sinkReply(response, this.deliver('sms', to, { text, report }));
    });
  }

  private placedCalls(): express.Router {
    const form = express.urlencoded({ extended: false, limit: '64kb' });
    return express.Router().post('/Accounts/:account/Calls.json', form, (request, response) => {
      const { To: to = '', Url: report = '' } = stringsOf(request.body);
      sinkReply(response, this.deliver('voice', to, { text: '', report }));
    });
  }

  private answers(): express.Router {
    const form = express.urlencoded({ extended: false, limit: '64kb' });
    return express.Router().all('/*path', form, async (request, response) => {
      const method = request.method === 'GET' ? 'GET' : 'POST';
      const parameters = stringsOf(method === 'GET' ? request.query : request.body);
      const url = `${new URL(this.services.url).origin}${method === 'GET' ? request.originalUrl.replace(/\?.*$/, '') : request.originalUrl}`;
      // Whoever asks knows how long it waits.
      const answer = await this.asked(parameters).respond({ url, method, parameters, timeout: Infinity });
      if ('reply' in answer) response.type('application/xml').send(answer.reply);
      else if (answer.kind === 'answer') response.type('application/xml').send(xmlText(answer.root));
      else response.status(500).end();
    });
  }

  private asked(parameters: Readonly<Record<string, string>>): Company {
    const known = Object.values(parameters).flatMap((value) => this.residents.get(keyOf(value)) ?? []);
    return known[0]?.company ?? this.companyOf(NOBODYS);
  }

  /** What came for nobody is let go: a scenario is over, and its server had a message on the way. */
  private deliver(method: Method, to: string, message: { readonly text: string; readonly report: string }): Outcome {
    return this.residents.get(keyOf(to))?.company.deliver(method, message).outcome ?? 'sent';
  }
}

/** A port that nothing listens on. */
const NOBODY = '1';

/** Of whoever is asked for without a name. */
const NOBODYS: Given = { 'sends-fail': {}, breaks: [], dial: 'completed', inputs: {}, services: {} };

/** Addresses in lower case, numbers by their digits alone: senders write them in several ways. */
function keyOf(name: string): string {
  return name.includes('@') ? name.toLowerCase() : name.replaceAll(/\D/g, '');
}

function stringsOf(form: unknown): Readonly<Partial<Record<string, string>>> & Record<string, string> {
  const entries = Object.entries((form ?? {}) as Readonly<Record<string, unknown>>);
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
