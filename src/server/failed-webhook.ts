import type { FailedWebhook } from '../app/webhook.ts';

/** What a fallback request's `ErrorUrl` names: a start, a turn, a recording, or nothing of ours. */
export function readFailedWebhook(url: string, code: string, publicUrl: string): FailedWebhook {
  return { url, code, names: named(url, publicUrl) };
}

function named(url: string, publicUrl: string): FailedWebhook['names'] {
  if (url.startsWith(`${publicUrl}/audio/`)) return { kind: 'recording' };
  if (!url.startsWith(`${publicUrl}/voice/`) || !URL.canParse(url)) return { kind: 'other' };
  const { pathname, searchParams } = new URL(url);
  const own = pathname.slice(new URL(publicUrl).pathname.replace(/\/$/, '').length);
  const turn = /^\/voice\/turn\/([A-Za-z0-9_-]{1,64})$/.exec(own)?.[1];
  if (turn !== undefined) return { kind: 'turn', nonce: turn };
  const callflow = /^\/voice\/([a-z0-9-]{1,64})$/.exec(own)?.[1];
  return callflow === undefined ? { kind: 'other' } : { kind: 'start', start: { callflow, query: [...searchParams] } };
}
