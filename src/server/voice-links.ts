import type { Links } from '../core/call/render.ts';
import type { Recordings } from './recordings.ts';

/** The query parameter by which our own Redirect says that the caller stayed silent. */
export const SILENCE_MARK = 'silence';

/** The URLs that replies lead to, all under the public address; `voiceListener` and `audioRoutes` serve them. */
export function voiceLinks(publicUrl: string, recordings: Pick<Recordings, 'has'>): Links {
  const turn = (nonce: string): string => `${publicUrl}/voice/turn/${nonce}`;
  return {
    turn,
    silence: (nonce) => `${turn(nonce)}?${SILENCE_MARK}=1`,
    start: (callflow, query) => {
      const search = new URLSearchParams();
      for (const [name, value] of query) search.append(name, value);
      return `${publicUrl}/voice/${callflow}${search.size === 0 ? '' : `?${search.toString()}`}`;
    },
    audio: (path) => (recordings.has(path) ? `${publicUrl}/${path}` : null),
  };
}
