import type { CodeCallLink } from '../app/code-calls.ts';
import type { Links } from '../core/call/render.ts';

const BASE = 'https://simulator.invalid/voice/';
const TURN = `${BASE}turn/`;
const SILENCE = '?silence=1';

/** The addresses that simulated replies lead to; no request ever goes out to them. Recordings are spoken. */
export const LINKS: Links = {
  turn: (nonce) => `${TURN}${nonce}`,
  silence: (nonce) => `${TURN}${nonce}${SILENCE}`,
  start(callflow, query) {
    const search = query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
    return `${BASE}${callflow}?${search}`;
  },
  audio: () => null,
};

export const codeCallLink: CodeCallLink = ({ token, step }) =>
  `https://simulator.invalid/delivery/voice/${token}/${step}`;

/** What an address of ours asks for; null for one that belongs to somebody else. */
export type Asked =
  | { readonly kind: 'start'; readonly callflow: string; readonly query: readonly (readonly [string, string])[] }
  | { readonly kind: 'turn'; readonly nonce: string; readonly silence: boolean }
  | null;

export function readLink(url: string): Asked {
  if (url.startsWith(TURN)) {
    const silence = url.endsWith(SILENCE);
    return { kind: 'turn', nonce: url.slice(TURN.length, silence ? -SILENCE.length : undefined), silence };
  }
  if (!url.startsWith(BASE)) return null;
  const [callflow = '', search = ''] = url.slice(BASE.length).split('?', 2);
  return { kind: 'start', callflow, query: [...new URLSearchParams(search)] };
}
