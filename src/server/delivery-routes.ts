import express, { Router, type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import { readForm, type Parameters } from '../adapters/channels/twilio/parameters.ts';
import { isSigned } from '../adapters/channels/twilio/signature.ts';
import { METHODS } from '../core/method.ts';
import { TOKEN } from './delivery-links.ts';
import type { ServerOptions } from './server-options.ts';

/**
 * Delivery reports, `/delivery/<method>/<token>` by POST or GET: 204 whatever they say, or 403 where reports of that method
 * are signed and this one is not. The answer does not wait for the store, so nobody learns from it which tokens there are.
 */
export function deliveryRoutes(options: ServerOptions): Router {
  const { reports, engine, log, telemetry } = options;
  const report: RequestHandler = (request, response) => {
    const [, written = '', token = '', ...more] = request.path.split('/');
    const method = METHODS.find((each) => each === written);
    const reader = method === undefined ? undefined : reports[method];
    if (reader?.signed === true && !isPlatforms(request, options)) {
      telemetry.count({ kind: 'unsigned' });
      response.status(403).end();
      return;
    }
    const isReport = ['GET', 'POST'].includes(request.method) && TOKEN.test(token) && more.length === 0;
    if (isReport && method !== undefined && reader?.saysFailed(parametersOf(request)) === true)
      engine.undelivered(method, token).catch(() => log.error({ method }, 'a delivery report could not be stored'));
    response.status(204).end();
  };
  const unreadable: ErrorRequestHandler = (_error, request, response, next) => {
    request.body = undefined;
    return report(request, response, next);
  };
  const routes = Router({ caseSensitive: true, strict: true });
  routes.use(express.text({ type: () => true, limit: '128kb' }), report, unreadable);
  return routes;
}

/** Whether the voice platform has signed it. */
function isPlatforms(request: Request, options: ServerOptions): boolean {
  const signature = request.get('x-twilio-signature');
  return isSigned({ target: request.originalUrl, signature, parameters: readForm(formOf(request)) }, options);
}

/** Query and form together: a name that stands in both has a list, as one that is given twice. */
function parametersOf(request: Request): Parameters {
  const at = request.originalUrl.indexOf('?');
  return readForm([at < 0 ? '' : request.originalUrl.slice(at + 1), formOf(request)].join('&'));
}

function formOf({ method, body }: Request): string {
  return method === 'POST' && typeof body === 'string' ? body : '';
}
