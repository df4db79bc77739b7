import type { CodeCallLink } from '../app/code-calls.ts';
import type { Method } from '../core/method.ts';
import { SILENCE_MARK } from './voice-links.ts';

/** Of a send: 128 bits, base64url. */
export const TOKEN = /^[A-Za-z0-9_-]{22}$/;

/** Where the delivery report of a send comes to, under the public address; `deliveryRoutes` serves it. */
export function reportUrl(publicUrl: string, method: Method, token: string): string {
  return `${publicUrl}/delivery/${method}/${token}`;
}

/** Where a call that tells a code goes on after each of its questions; `codeCallRoutes` serves it. */
export function codeCallLinks(publicUrl: string): CodeCallLink {
  return ({ token, step, silence }) =>
    `${reportUrl(publicUrl, 'voice', token)}/${step}${silence ? `?${SILENCE_MARK}=1` : ''}`;
}
