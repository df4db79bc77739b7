import type { RequestHandler, Response } from 'express';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readForm, type Parameters } from '../adapters/channels/twilio/parameters.ts';
import { isSigned } from '../adapters/channels/twilio/signature.ts';
import { readBody } from './read-body.ts';
import type { ServerOptions } from './server-options.ts';

type Signing = Pick<ServerOptions, 'publicUrl' | 'tokens' | 'telemetry'>;

/**
 * The form of a request that the platform has signed as one to `target`. Whatever it has not signed gets 403, and null
 * comes back.
 */
export async function readSignedForm(
  { request, target, response }: { request: IncomingMessage; target: string; response: ServerResponse },
  options: Signing,
): Promise<Parameters | null> {
  const body = await readBody(request);
  if (body === null) return refuse(response, UNREADABLE);
  const parameters = readForm(body);
  const signature = request.headers['x-twilio-signature'];
  const signed = typeof signature === 'string' && isSigned({ target, signature, parameters }, options);
  if (signed) return parameters;
  options.telemetry.count({ kind: 'unsigned' });
  return refuse(response, UNSIGNED);
}

/** The same before routes of express: they find the form by `parametersOf`. */
export function signedForm(options: Signing): RequestHandler {
  return async (request, response, next) => {
    const parameters = await readSignedForm({ request, target: request.originalUrl, response }, options);
    if (parameters === null) return;
    response.locals['parameters'] = parameters;
    next();
  };
}

/** The parameters of a request that `signedForm` has let through. */
export function parametersOf(response: Response): Parameters {
  return response.locals['parameters'] as Parameters;
}

/** A body that is too large or in an unknown encoding was not sent by the platform. */
const UNREADABLE = 'The request cannot be read.\n';
const UNSIGNED =
  'The signature does not match. Check TWILIO_AUTH_TOKEN, and that PUBLIC_URL is exactly the address that the platform calls.\n';

function refuse(response: ServerResponse, why: string): null {
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' }).end(why);
  return null;
}
