import { Router, type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
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
import { parametersOf, signedForm } from './signed-form.ts';
import { SILENCE_MARK } from './voice-links.ts';

/** Call states after which nobody is on the line. */
const TERMINAL = new Set(['completed', 'busy', 'failed', 'no-answer', 'canceled']);

/**
 * The voice webhooks. Unsigned: 403 and nothing happens. Signed: always 200 and a document that keeps or ends the call
 * on purpose, whatever the request holds.
 */
export function voiceRoutes(options: ServerOptions): Router {
  const { engine } = options;
  const routes = Router({ caseSensitive: true, strict: true });
  routes.use(...signedForm(options));
  routes.post('/status', async (_request, response) => {
    const parameters = parametersOf(response);
    const call = single(parameters, 'CallSid', CALL_SID);
    if (call !== null && isOver(parameters)) {
      await engine.over(call).catch(() => options.log.error({ call }, 'the end of a call could not be stored'));
    }
    response.status(204).end();
  });
  const voice = (
    handle: (request: Request, webhook: Webhook, parameters: Parameters) => Promise<Reply>,
  ): RequestHandler => {
    return async (request, response) => {
      const parameters = parametersOf(response);
      const webhook = readWebhook(request, parameters);
      const reply = await handle(request, webhook, parameters).catch(() => engine.technicalProblem());
      response.status(200).setHeader('content-type', reply.type);
      response.end(reply.body);
    };
  };
  routes.post(
    '/fallback',
    voice((_request, webhook, parameters) => {
      const url = single(parameters, 'ErrorUrl', NUMBER_OR_LONG_URL) ?? '';
      const code = single(parameters, 'ErrorCode', WORD) ?? '';
      return engine.fallback(readFailedWebhook(url, code, options.publicUrl), webhook);
    }),
  );
  routes.post(
    '/turn/:nonce',
    voice((request, webhook) => engine.turn(String(request.params['nonce']), webhook)),
  );
  routes.post(
    '/:callflow',
    voice((request, webhook) =>
      engine.start({ callflow: String(request.params['callflow']), query: queryOf(request) }, webhook),
    ),
  );
  const lost = voice(() => Promise.resolve(engine.technicalProblem()));
  // Whoever signs has a caller on the line: another method, another path, an address that cannot be decoded.
  const undecodable: ErrorRequestHandler = (_error, request, response, next) => lost(request, response, next);
  routes.use(lost, undecodable);
  return routes;
}

const NUMBER_OR_LONG_URL = /^[\x21-\x7e]{1,2048}$/;

/** W3C Trace Context, version 00. */
const TRACE_PARENT = /^00-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

const TOKEN = /^[\x21-\x7e]{1,128}$/;

function readWebhook(request: Request, parameters: Parameters): Webhook {
  const token = request.get('i-twilio-idempotency-token') ?? '';
  const parent = request.get('traceparent') ?? '';
  return {
    token: TOKEN.test(token) ? token : '',
    ...(TRACE_PARENT.test(parent) ? { parent } : {}),
    call: single(parameters, 'CallSid', CALL_SID) ?? '',
    to: single(parameters, 'To', NUMBER_OR_URI) ?? '',
    from: callerOf(parameters),
    over: isOver(parameters),
    incoming: readIncoming(
      parameters,
      queryOf(request).some(([name]) => name === SILENCE_MARK),
    ),
  };
}

/** Whether the platform says that nobody is on the line any more. */
export function isOver(parameters: Parameters): boolean {
  return TERMINAL.has(single(parameters, 'CallStatus', WORD) ?? '');
}

function queryOf(request: Request): readonly (readonly [string, string])[] {
  const at = request.originalUrl.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(request.originalUrl.slice(at + 1))];
}
