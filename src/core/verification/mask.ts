import type { ContactMethod } from '../call/session.ts';
import type { Traits } from '../method.ts';

/** Which of the masked values each kind of destination has. */
export const MASKED: Readonly<Record<Traits['to'], readonly (keyof ReturnType<typeof maskedValues>)[]>> = {
  mailbox: ['known', 'first', 'domain', 'destination'],
  number: ['known', 'last2', 'destination'],
  nobody: [],
};

/**
 * What may be said of a destination: the first character and the domain of an address, the last two digits of a
 * number. As prompt values `first`, `domain`, `last2`, and `destination` for either (L30); `known` is `no` where another
 * system keeps it to itself.
 */
export function maskedValues(
  method: ContactMethod,
): Readonly<Record<'known' | 'first' | 'domain' | 'last2' | 'destination', string>> {
  const { destination } = method;
  const at = destination.lastIndexOf('@');
  if (at > 0) {
    const first = firstOf(destination).toUpperCase();
    const domain = destination.slice(at + 1);
    return { known: 'yes', first, domain, last2: '', destination: `${first} … @ ${domain}` };
  }
  const last2 = destination.replace(/\D/g, '').slice(-2);
  // Digits apart are spoken one by one, in every language.
  const spoken = last2 === '' ? '' : `… ${last2.split('').join(' ')}`;
  return { known: last2 === '' ? 'no' : 'yes', first: '', domain: '', last2, destination: spoken };
}

/** The same as one text, for logs and audit: `a…@example.com`, `…56`. */
export function masked(destination: string): string {
  const at = destination.lastIndexOf('@');
  if (at > 0) return `${firstOf(destination)}…${destination.slice(at)}`;
  const digits = destination.replace(/\D/g, '');
  return digits === '' ? '' : `…${digits.slice(-2)}`;
}

/** The same in a message (L30): with characters that are in the basic alphabet of SMS. */
export function maskedInWriting(destination: string): string {
  return masked(destination).replace('…', '***');
}

/** A character, not half of one. */
function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x20);
}
