import { Pool } from 'undici';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import type { Address, Answer } from './caller.ts';
import { keepDocument } from './documents.ts';

export interface PlatformRequest {
  /** POST unless said otherwise; the form goes along with every method but GET. */
  readonly method?: 'POST' | 'GET' | 'PUT' | 'DELETE';
  /** Path and query, character by character as they are sent. */
  readonly target: string;
  /** Names may repeat. */
  readonly form?: readonly (readonly [name: string, value: string])[];
  /** What is signed instead of the target and the form; null: nothing is signed. */
  readonly signed?: {
    readonly target?: string;
    readonly form?: PlatformRequest['form'];
    readonly token?: string;
  } | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PlatformAnswer extends Answer {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** A voice platform that may send anything: what `Caller` does right, this can do wrong. */
export class Platform {
  private readonly address: Address;
  private readonly pool: Pool;

  constructor(address: Address) {
    this.address = address;
    this.pool = new Pool(address.server, { connections: 32 });
  }

  async send(request: PlatformRequest): Promise<PlatformAnswer> {
    const { method = 'POST', target, form = [], signed = {} } = request;
    const { publicUrl, authToken } = this.address;
    const url = publicUrl + (signed?.target ?? target);
    const covered = signed?.form ?? (method === 'GET' ? [] : form);
    const signature = webhooks.getExpectedTwilioSignature(signed?.token ?? authToken, url, parametersOf(covered));
    const { statusCode, headers, body } = await this.pool.request({
      path: target,
      method,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(signed === null ? {} : { 'x-twilio-signature': signature }),
        ...request.headers,
      },
      ...(method === 'GET' ? {} : { body: bodyOf(form) }),
    });
    const text = await body.text();
    if (statusCode === 200 && String(headers['content-type']).startsWith('text/xml')) keepDocument(text);
    return { status: statusCode, headers, body: text };
  }

  close(): Promise<void> {
    return this.pool.close();
  }
}

function bodyOf(form: NonNullable<PlatformRequest['form']>): string {
  const body = new URLSearchParams();
  for (const [name, value] of form) body.append(name, value);
  return body.toString();
}

function parametersOf(form: NonNullable<PlatformRequest['form']>): Record<string, string[]> {
  const parameters: Record<string, string[]> = Object.create(null) as Record<string, string[]>;
  for (const [name, value] of form) (parameters[name] ??= []).push(value);
  return parameters;
}
