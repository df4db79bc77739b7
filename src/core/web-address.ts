import { z } from 'zod';

const address = z.url({ protocol: /^https?$/ });

/** Whether a text is an http or https address that holds no user name. */
export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/?#@\\]+(?:[/?#]|$)/i.test(text) && address.safeParse(text).success;
}
