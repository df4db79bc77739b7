import express from 'express';
import type { Inbox } from './inbox.ts';
import { startLoopbackService, type LoopbackService } from './loopback-service.ts';

/** How to talk to an SMS gateway, in the form of the settings SMS_METHOD, SMS_URL, SMS_REQUEST_HEADERS and SMS_REQUEST_BODY. */
export interface SmsGatewaySettings {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: string;
  /** Slots `{{to}}`, `{{from}}`, `{{text}}`, `{{report}}`, each inside a JSON string. */
  readonly body: string;
}

/** The gateway, and the settings that match it. */
export interface SmsSink extends LoopbackService {
  readonly settings: SmsGatewaySettings;
}

/** An SMS gateway on a free port of 127.0.0.1 that takes every message and forwards none. */
export async function startSmsSink(inbox: Inbox): Promise<SmsSink> {
  const routes = express.Router();
  routes.post('/', express.json({ limit: '16kb' }), (request, response) => {
    const message: Record<string, unknown> = request.body ?? {};
    const { to, from, text, report } = message;
    if (typeof to !== 'string' || typeof from !== 'string' || typeof text !== 'string' || typeof report !== 'string') {
      response
        .status(400)
        .json({ error: 'A field is missing. Send JSON with the strings "to", "from", "text" and "report".' });
      return;
    }
    inbox.add({ method: 'sms', to, text, report });
    response.status(202).json({ status: 'accepted' });
  });
  const service = await startLoopbackService('/messages', routes);
  return { ...service, settings: settingsFor(service.url) };
}

function settingsFor(url: string): SmsGatewaySettings {
  return {
    method: 'POST',
    url,
    headers: '"Content-Type:application/json"',
    body: '{"to":"{{to}}","from":"{{from}}","text":"{{text}}","report":"{{report}}"}',
  };
}
