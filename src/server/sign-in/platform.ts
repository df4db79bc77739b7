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
  const address = addressOf(request);
  return networks.some((network) => isInside(address, network));
}

/**
 * Where a request comes from, as TRUSTED_PROXIES tell; empty where another proxy has forwarded it: the address is that
 * proxy's then, the same for everybody behind it.
 */
export function addressOf(request: Request): string {
  const isForwarded = request.get('x-forwarded-for') !== undefined || request.get('forwarded') !== undefined;
  return isForwarded && request.ips.length === 0 ? '' : (request.ip ?? '');
}
