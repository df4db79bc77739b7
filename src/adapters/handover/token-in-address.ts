import { hkdfSync } from 'node:crypto';
import { EncryptJWT, SignJWT } from 'jose';
import type { Handover } from '../../core/contracts/handover.ts';

/** How long the token may be on its way, seconds. */
const LASTS = 5 * 60;

/** Each use of the shared secret has a key of its own; receivers derive the same. */
const PURPOSES = { signed: 'dialproof handover HS256', sealed: 'dialproof handover A256GCM' } as const;

/**
 * Hands over by the query: `path`, `verified`, the variables by their own names, and `token`, which says the same and
 * proves it: a signed JWT (HS256), or an encrypted one (`dir`, A256GCM) where the exit is sealed, which then is the only
 * place of the variables. `secret` is what both ends know, the platform's newest auth token.
 */
export function tokenInAddress(secret: string): Handover {
  const key = (purpose: string): Uint8Array => new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32));
  const signing = key(PURPOSES.signed);
  const sealing = key(PURPOSES.sealed);
  return {
    async address({ url, studio, sealed, variables }, { call, path, verified, now }) {
      const claims = { path, verified, variables };
      const issued = Math.floor(now / 1000);
      const jwt = sealed
        ? new EncryptJWT(claims).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', typ: 'JWT' })
        : new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' });
      jwt
        .setIssuer('dialproof')
        .setSubject(call)
        .setIssuedAt(issued)
        .setExpirationTime(issued + LASTS);
      const token = await (jwt instanceof EncryptJWT ? jwt.encrypt(sealing) : jwt.sign(signing));
      return withQuery(url, [
        ...(studio ? [['FlowEvent', 'return'] satisfies [string, string]] : []),
        ['path', path],
        ['verified', String(verified)],
        ...(sealed ? [] : Object.entries(variables)),
        ['token', token],
      ]);
    },
  };
}

/** The address with these parameters behind those it has; of two with one name ours stays. */
function withQuery(address: string, ours: readonly [name: string, value: string][]): string {
  const url = new URL(address);
  const names = new Set(ours.map(([name]) => name));
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((part) => part !== '' && ![...new URLSearchParams(part).keys()].some((name) => names.has(name)));
  url.search = [...kept, new URLSearchParams([...ours]).toString()].join('&');
  return url.href;
}
