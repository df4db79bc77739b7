import express, { type ErrorRequestHandler, type RequestHandler, type Response } from 'express';
import { readForm, type Parameters } from '../adapters/channels/twilio/parameters.ts';
import { isSigned } from '../adapters/channels/twilio/signature.ts';
import type { ServerOptions } from './server-options.ts';

type SignatureOptions = Pick<ServerOptions, 'publicUrl' | 'tokens' | 'telemetry'>;

/** Reads the form of a platform's request and checks its signature: whatever the platform has not signed gets 403. */
export function signedForm(options: SignatureOptions): readonly (RequestHandler | ErrorRequestHandler)[] {
  return [express.text({ type: () => true, limit: '128kb' }), unreadable, signed(options)];
}

/** The parameters of a request that `signedForm` has let through. */
export function parametersOf(response: Response): Parameters {
  return response.locals['parameters'] as Parameters;
}

function signed(options: SignatureOptions): RequestHandler {
  return (request, response, next) => {
    const parameters = readForm(typeof request.body === 'string' ? request.body : '');
    const signature = request.get('x-twilio-signature');
    if (!isSigned({ target: request.originalUrl, signature, parameters }, options)) {
      options.telemetry.count({ kind: 'unsigned' });
      response
        .status(403)
        .type('text/plain')
        .send(
          'The signature does not match. Check TWILIO_AUTH_TOKEN, and that PUBLIC_URL is exactly the address that the platform calls.\n',
        );
      return;
    }
    response.locals['parameters'] = parameters;
    next();
  };
}

/** A body that is too large or in an unknown encoding was not sent by the platform. */
const unreadable: ErrorRequestHandler = (_error, _request, response, _next) => {
  response.status(403).type('text/plain').send('The request cannot be read.\n');
};
