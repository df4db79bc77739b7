import type { Request } from 'express';
import { isInside } from '../../core/sign-in/network.ts';
import { hasKey } from '../bearer.ts';

/** Who may ask whether users have to prove who they are: by a shared key, or from a network. */
export interface PlatformAccess {
  /** Several while rotating. */
  readonly keys: readonly string[];
  /** CIDR. */
  readonly networks: readonly string[];
}

export function isPlatform(request: Request, { keys, networks }: PlatformAccess): boolean {
  if (hasKey(request, keys)) return true;
  const address = request.ip ?? '';
  return networks.some((network) => isInside(address, network));
}
