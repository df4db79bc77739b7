import { Router, type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import { readIncoming, single, type Parameters } from '../adapters/channels/twilio/parameters.ts';
import type { Reply } from '../core/contracts/turns.ts';
import type { CodeCallInput } from '../core/verification/code-call.ts';
import { TOKEN } from './delivery-links.ts';
import type { ServerOptions } from './server-options.ts';
import { parametersOf, signedForm } from './signed-form.ts';
import { isOver } from './voice-routes.ts';
import { SILENCE_MARK } from './voice-links.ts';

/**
 * The calls that tell codes, `/delivery/voice/<token>` and its steps `/<number>`. Unsigned: 403. How such a call ended is
 * a delivery report: 204. Everything else that is signed gets 200 and a document that keeps or ends that call on purpose.
 */
export function codeCallRoutes({ codeCalls, log, ...options }: ServerOptions): Router {
  const routes = Router({ caseSensitive: true, strict: true });
  routes.use(signedForm(options));
  routes.post('/:token', (request, response, next) => {
    const { token } = request.params;
    if (!isOver(parametersOf(response)) || !TOKEN.test(token)) {
      next();
      return;
    }
    // The answer does not wait for the store: nobody learns from it which tokens there are.
    codeCalls.over(token).catch(() => log.error({ method: 'voice' }, 'a delivery report could not be stored'));
    response.status(204).end();
  });
  const answer: RequestHandler<{ readonly token?: string; readonly step?: string }> = (request, response, next) => {
    const { token = '', step = '0' } = request.params;
    const parameters = parametersOf(response);
    const known = TOKEN.test(token) && STEP.test(step) && !isOver(parameters);
    const input = inputOf(parameters, request.query[SILENCE_MARK] !== undefined);
    const reply = known ? codeCalls.answer({ token, step: Number(step), input }) : Promise.resolve(codeCalls.hangUp());
    reply.then((document) => send(response, document), next);
  };
  routes.post(['/:token', '/:token/:step'], answer);
  const undecodable: ErrorRequestHandler = (_error, request, response, next) => answer(request, response, next);
  routes.use(answer, undecodable);
  return routes;
}

function send(response: Response, { type, body }: Reply): Response {
  return response.status(200).setHeader('content-type', type).end(body);
}

const STEP = /^(?:0|[1-9]\d?)$/;

function inputOf(parameters: Parameters, silence: boolean): CodeCallInput {
  const by = single(parameters, 'AnsweredBy', ANSWERED_BY);
  if (by !== null && /^(?:machine|fax)/.test(by)) return { type: 'machine' };
  const incoming = readIncoming(parameters, silence);
  if (incoming.type === 'keys') return { type: 'key', key: incoming.digits };
  return { type: incoming.type === 'silence' ? 'silence' : 'nothing' };
}

/** `human`, `machine_start`, `machine_end_beep`, `fax`, `unknown` ... */
const ANSWERED_BY = /^[a-z_]{1,32}$/;
