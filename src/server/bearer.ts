import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/** Whether a request brings one of the keys as `Authorization: Bearer ...`. Without keys: nobody's does. */
export function hasKey(request: Request, keys: readonly string[]): boolean {
  const [, key = ''] = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(request.get('authorization') ?? '') ?? [];
  return key !== '' && keys.some((each) => sameKey(each, key));
}

/** Takes as long whatever the two have in common. */
function sameKey(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
