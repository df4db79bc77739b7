import type { ContactMethod } from '../call/session.ts';
import type { Method } from '../method.ts';

/** Which of the masked values a destination of each method has. */
export const MASKED: Readonly<Record<Method, readonly (keyof ReturnType<typeof maskedValues>)[]>> = {
  email: ['known', 'first', 'domain'],
  sms: ['known', 'last2'],
  voice: ['known', 'last2'],
  authenticator: [],
};

/**
 * What may be said of a destination: the first character and the domain of an address, the last two digits of a
 * number. As prompt values `first`, `domain`, `last2`; `known` is `no` where another system keeps it to itself.
 */
export function maskedValues(method: ContactMethod): Readonly<Record<'known' | 'first' | 'domain' | 'last2', string>> {
  const { destination } = method;
  const at = destination.lastIndexOf('@');
  if (at > 0)
    return { known: 'yes', first: firstOf(destination).toUpperCase(), domain: destination.slice(at + 1), last2: '' };
  const last2 = destination.replace(/\D/g, '').slice(-2);
  return { known: last2 === '' ? 'no' : 'yes', first: '', domain: '', last2 };
}

/** The same as one text, for logs and audit: `a…@example.com`, `…56`. */
export function masked(destination: string): string {
  const at = destination.lastIndexOf('@');
  if (at > 0) return `${firstOf(destination)}…${destination.slice(at)}`;
  const digits = destination.replace(/\D/g, '');
  return digits === '' ? '' : `…${digits.slice(-2)}`;
}

/** A character, not half of one. */
function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x20);
}
