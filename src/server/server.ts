import express, { type ErrorRequestHandler } from 'express';
import helmet from 'helmet';
import type { RequestListener } from 'node:http';
import type { ServerOptions } from './server-options.ts';
import { audioRoutes } from './audio-routes.ts';
import { codeCallRoutes } from './code-call-routes.ts';
import { deliveryRoutes } from './delivery-routes.ts';
import { metricsRoutes } from './metrics-routes.ts';
import { healthRoutes } from './health-routes.ts';
import { SIGN_IN_PATH } from './sign-in/endpoint.ts';
import { signInRoutes } from './sign-in/sign-in-routes.ts';
import { isVoice, voiceListener } from './voice-routes.ts';

/** The HTTP application: voice webhooks, calls that tell codes, delivery reports, recordings, health, metrics, and the demo's pages where there is one. */
export function createServer(options: ServerOptions): RequestListener {
  const voice = voiceListener(options);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', options.trustedProxies);
  app.use('/delivery/voice', codeCallRoutes(options));
  app.use('/delivery', deliveryRoutes(options));
  if (options.signIn !== undefined) app.use(SIGN_IN_PATH, signInRoutes(options.signIn));
  app.use(helmet({ contentSecurityPolicy: { directives: { baseUri: ["'none'"] } } }));
  app.use(audioRoutes(options.recordings));
  app.use(healthRoutes(options));
  app.use(metricsRoutes(options.metrics));
  if (options.demo !== undefined) app.use(options.demo);
  app.use((_request, response) => void response.status(404).type('text/plain').send('There is nothing here.\n'));
  const fault: ErrorRequestHandler = (_error, _request, response, _next) => {
    options.log.error({}, 'a request failed');
    if (!response.headersSent) response.status(500).type('text/plain').send('Something went wrong here.\n');
  };
  app.use(fault);
  return (request, response) => (isVoice(request.url) ? voice : app)(request, response);
}
