import type { Method } from '../core/method.ts';

/** Where the delivery report of a send comes to, under the public address; `deliveryRoutes` serves it. */
export function reportUrl(publicUrl: string, method: Method, token: string): string {
  return `${publicUrl}/delivery/${method}/${token}`;
}
