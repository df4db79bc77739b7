import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import {
  callerOf,
  CALL_SID,
  NUMBER_OR_URI,
  readIncoming,
  single,
  WORD,
  type Parameters,
} from '../adapters/channels/twilio/parameters.ts';
import type { Webhook } from '../app/webhook.ts';
import type { Reply } from '../core/contracts/turns.ts';
import { readFailedWebhook } from './failed-webhook.ts';
import type { ServerOptions } from './server-options.ts';
import { readSignedForm } from './signed-form.ts';
import { SILENCE_MARK } from './voice-links.ts';

/** Call states after which nobody is on the line. */
const TERMINAL = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/**
 * The voice webhooks. Unsigned: 403 and nothing happens. Signed: always 200 and a document that keeps or ends the call
 * on purpose, whatever the request holds. They stand before express, which would take as long as all the rest of a turn.
 */
export function voiceListener(options: ServerOptions): RequestListener {
  return (request, response) => void answer(request, response, options);
}

/** Whether an address is one of theirs. */
export function isVoice(url = ''): boolean {
  return VOICE.test(url);
}

/** With a host in front, as proxies are asked, it is signed by nobody. */
const VOICE = /^(?:[a-z]+:\/\/[^/?]*)?\/voice(?=[/?]|$)/i;

async function answer(request: IncomingMessage, response: ServerResponse, options: ServerOptions): Promise<void> {
  const { url: target = '', method } = request;
  const parameters = await readSignedForm({ request, target, response }, options);
  if (parameters === null) return;
  const [path = ''] = target.replace(VOICE, '').split('?', 1);
  const signed: Signed = { target, path: method === 'POST' ? path : '', parameters, ...namesOf(request) };
  if (signed.path === '/status') {
    await endCall(parameters, options);
    response.writeHead(204).end();
    return;
  }
  const { engine } = options;
  const { type, body } = await replyTo(signed, options).catch(() => engine.technicalProblem());
  response.writeHead(200, { 'content-type': type }).end(body);
}

/** A webhook whose signature holds. */
interface Signed {
  /** Path and query. */
  readonly target: string;
  /** What stands behind /voice; empty under another method than POST, where nothing is. */
  readonly path: string;
  readonly parameters: Parameters;
  /** The platform's name of the request. */
  readonly token: string;
  /** Of the trace that it belongs to. */
  readonly parent?: string;
}

async function replyTo(signed: Signed, { engine, publicUrl }: ServerOptions): Promise<Reply> {
  const webhook = readWebhook(signed);
  if (signed.path === '/fallback') {
    const url = single(signed.parameters, 'ErrorUrl', NUMBER_OR_LONG_URL) ?? '';
    const code = single(signed.parameters, 'ErrorCode', WORD) ?? '';
    return engine.fallback(readFailedWebhook(url, code, publicUrl), webhook);
  }
  const [, nonce] = /^\/turn\/([^/]+)$/.exec(signed.path) ?? [];
  if (nonce !== undefined) return engine.turn(decodeURIComponent(nonce), webhook);
  const [, callflow] = /^\/([^/]+)$/.exec(signed.path) ?? [];
  if (callflow !== undefined)
    return engine.start({ callflow: decodeURIComponent(callflow), query: queryOf(signed) }, webhook);
  // Whoever signs has a caller on the line: another method, another path, an address that cannot be decoded.
  return engine.technicalProblem();
}

async function endCall(parameters: Parameters, { engine, log }: ServerOptions): Promise<void> {
  const call = single(parameters, 'CallSid', CALL_SID);
  if (call === null || !isOver(parameters)) return;
  await engine.over(call).catch(() => log.error({ call }, 'the end of a call could not be stored'));
}

const NUMBER_OR_LONG_URL = /^[\x21-\x7e]{1,2048}$/;

/** W3C Trace Context, version 00. */
const TRACE_PARENT = /^00-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

const TOKEN = /^[\x21-\x7e]{1,128}$/;

function readWebhook({ parameters, token, parent, ...signed }: Signed): Webhook {
  const silent = queryOf(signed).some(([name]) => name === SILENCE_MARK);
  return {
    token,
    ...(parent === undefined ? {} : { parent }),
    call: single(parameters, 'CallSid', CALL_SID) ?? '',
    to: single(parameters, 'To', NUMBER_OR_URI) ?? '',
    from: callerOf(parameters),
    over: isOver(parameters),
    incoming: readIncoming(parameters, silent),
  };
}

function namesOf({ headers }: IncomingMessage): Pick<Signed, 'token' | 'parent'> {
  const token = headers['i-twilio-idempotency-token'];
  const { traceparent: parent } = headers;
  return {
    token: typeof token === 'string' && TOKEN.test(token) ? token : '',
    ...(typeof parent === 'string' && TRACE_PARENT.test(parent) ? { parent } : {}),
  };
}

/** Whether the platform says that nobody is on the line any more. */
export function isOver(parameters: Parameters): boolean {
  return TERMINAL.has(single(parameters, 'CallStatus', WORD) ?? '');
}

function queryOf({ target }: Pick<Signed, 'target'>): readonly (readonly [string, string])[] {
  const at = target.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(target.slice(at + 1))];
}
