/** A line to a running server: posts what Twilio posts, signed as Twilio signs it. */
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import type { Reply } from '../core/contracts/turns.ts';
import { DialproofError } from '../core/errors.ts';
import type { Document, LineRequest } from './call-events.ts';
import { readTwiml } from './twiml-reader.ts';

/** A platform gives a webhook 15 s in all, connection and retry included. */
const DEADLINE_MS = 15_000;

/** How sure the platform is of the words of a simulated caller. */
const CONFIDENCE = '0.9';

export interface HttpLineOptions {
  /** Where the server listens, for example `http://127.0.0.1:3000`. */
  readonly server: string;
  /** The server's PUBLIC_URL: URLs are signed as they stand under it. */
  readonly publicUrl: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly callSid: string;
  /** E.164. */
  readonly from: string;
  readonly to: string;
  /** A new idempotency token for each request; its retry carries the same. */
  readonly newToken: () => string;
  /** Stops a request that is under way. */
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
}

export interface HttpLine {
  /** The next document; null for a URL outside PUBLIC_URL. @throws DialproofError `server-unreachable`, `twiml-invalid` */
  readonly request: (request: LineRequest) => Promise<Document>;
  /** Sends the last request again, as a platform that got no answer does: the reply's text. @throws as `request` */
  readonly repeat: () => Promise<string>;
  /** What the fallback address answers when the platform could not use the last reply, and says why by this error code. @throws as `request` */
  readonly fallback: (code: number) => Promise<Document>;
  /** The last reply as it came; empty before the first. */
  readonly text: () => string;
  /** Reports the end of the call to `/voice/status`; works after `signal` has fired. @throws DialproofError `server-unreachable` */
  readonly hangUp: () => Promise<void>;
}

/** A request as it went out. */
interface Sent {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly token: string;
}

export function httpLine(options: HttpLineOptions): HttpLine {
  let last: (Sent & { readonly body: string }) | null = null;
  /** What a fallback is about: never a fallback. */
  let asked: Sent | null = null;
  const send = async (sent: Sent): Promise<Document> => {
    const body = await documentOf(options, sent);
    last = { ...sent, body };
    return readTwiml(body);
  };
  return {
    request: async (request) => {
      const { url } = request;
      if (pathUnder(options.publicUrl, url) === null) return null;
      const status = last === null ? 'ringing' : 'in-progress';
      asked = { url, parameters: { ...standing(options, status), ...results(request) }, token: options.newToken() };
      return send(asked);
    },
    repeat: () => (last === null ? Promise.reject(nothingSent()) : documentOf(options, last)),
    fallback: (code) => {
      if (asked === null) return Promise.reject(nothingSent());
      const url = `${trimSlash(options.publicUrl)}/voice/fallback`;
      const parameters = { ...asked.parameters, ErrorCode: String(code), ErrorUrl: asked.url };
      return send({ url, parameters, token: options.newToken() });
    },
    text: () => last?.body ?? '',
    hangUp: async () => {
      const { signal: _signal, ...calm } = options;
      const url = `${trimSlash(options.publicUrl)}/voice/status`;
      await post(calm, { url, parameters: standing(options, 'completed'), token: options.newToken() });
    },
  };
}

async function documentOf(options: HttpLineOptions, sent: Sent): Promise<string> {
  const { type, body } = await post(options, sent);
  if (type.includes('xml')) return body;
  throw new DialproofError('twiml-invalid', `The server answered with "${type}".`, {
    fix: 'Voice platforms accept text/xml and application/xml only. Is another program listening on this port?',
  });
}

function nothingSent(): DialproofError {
  return new DialproofError('usage-wrong', 'No request went out yet that could be sent again.', {
    fix: 'Let the call begin first.',
  });
}

/** The parameters that every request carries. */
function standing(options: HttpLineOptions, status: string): Record<string, string> {
  return {
    CallSid: options.callSid,
    AccountSid: options.accountSid,
    From: options.from,
    To: options.to,
    Caller: options.from,
    Called: options.to,
    CallStatus: status,
    Direction: 'inbound',
    ApiVersion: '2010-04-01',
  };
}

function results(request: LineRequest): Record<string, string> {
  if (request.dialled !== undefined) return { DialCallStatus: request.dialled };
  if (request.queued !== undefined) return { QueueResult: request.queued };
  if (request.words !== undefined) return { SpeechResult: request.words, Confidence: CONFIDENCE };
  if (request.digits === undefined) return {};
  return { Digits: request.digits, FinishedOnKey: request.finishedOnKey === true ? '#' : '' };
}

async function post(options: HttpLineOptions, { url, parameters, token }: Sent): Promise<Reply> {
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;
  const timeout = AbortSignal.timeout(deadlineMs);
  const send = async (): Promise<Reply> => {
    const response = await fetch(`${trimSlash(options.server)}${pathUnder(options.publicUrl, url) ?? ''}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
        'x-twilio-signature': webhooks.getExpectedTwilioSignature(options.authToken, url, parameters),
        'i-twilio-idempotency-token': token,
      },
      body: new URLSearchParams(parameters).toString(),
      signal: options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]),
    });
    const body = await response.text();
    if (!response.ok) throw refused(options, response.status);
    return { type: response.headers.get('content-type') ?? '', body };
  };
  try {
    // One retry of a connection that failed, as platforms do; a fetch that the deadline stopped is no TypeError.
    return await send().catch((error: unknown) => (error instanceof TypeError ? send() : Promise.reject(error)));
  } catch (error) {
    if (error instanceof DialproofError || options.signal?.aborted === true) throw error;
    const seconds = deadlineMs / 1000;
    if (timeout.aborted) throw unreachable(`No reply came from ${options.server} in ${seconds} s.`, SEE_LOG, error);
    throw unreachable(`Nothing answers at ${options.server} (${reasonOf(error)}).`, START_IT, error);
  }
}

const SEE_LOG = "A platform would give up here as well: look at the server's log.";
const START_IT = 'Start the server (`npm start`), or set PORT and HOST as it has them.';

function refused(options: HttpLineOptions, status: number): DialproofError {
  const message = `The server at ${options.server} answered ${status}.`;
  if (status === 403) {
    return unreachable(
      `${message} It did not accept the signature.`,
      `Both sides need the same auth token and PUBLIC_URL. This call was signed for ${options.publicUrl}: set DATA_DIR (or TWILIO_AUTH_TOKEN) and PUBLIC_URL as the server has them.`,
    );
  }
  if (status >= 500) return unreachable(message, SEE_LOG);
  if (status >= 400)
    return unreachable(message, 'Is another program listening on this port? Set PORT and HOST as the server has them.');
  return unreachable(message, 'A webhook may not redirect: call the address that the server itself listens on.');
}

function unreachable(message: string, fix: string, cause?: unknown): DialproofError {
  return new DialproofError('server-unreachable', message, { fix, ...(cause === undefined ? {} : { cause }) });
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause ? String(cause.code) : cause.message;
}

/** Path and query of a URL under `base`, character by character as it stands; null when it is not under it. */
function pathUnder(base: string, url: string): string | null {
  const prefix = trimSlash(base);
  if (!url.startsWith(prefix)) return null;
  const rest = url.slice(prefix.length);
  return rest === '' || rest.startsWith('/') || rest.startsWith('?') ? rest : null;
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
