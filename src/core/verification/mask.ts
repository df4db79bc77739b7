import type { ContactMethod } from '../call/session.ts';
import type { Traits } from '../method.ts';

/** Which of the masked values each kind of destination has. */
export const MASKED: Readonly<Record<Traits['to'], readonly (keyof MaskedValues)[]>> = {
  mailbox: ['known', 'first', 'domain', 'destination'],
  number: ['known', 'last2', 'destination'],
  nobody: [],
};

/**
 * What may be said of a destination: the first character and the domain of an address, the last two digits of a
 * number. As prompt values `first`, `domain`, `last2`, and `destination` for either (L30); `known` is `no` where another
 * system keeps it to itself.
 */
export function maskedValues(method: ContactMethod): MaskedValues {
  const before = known.get(method);
  if (before !== undefined) return before;
  const values = valuesOf(method);
  known.set(method, values);
  return values;
}

type MaskedValues = Readonly<Record<'known' | 'first' | 'domain' | 'last2' | 'destination', string>>;

/** Every prompt may name them, and what is found in a call is masked anew for none. */
const known = new WeakMap<ContactMethod, MaskedValues>();

function valuesOf({ destination }: ContactMethod): MaskedValues {
  const address = addressOf(destination);
  if (address !== null) {
    const { domain } = address;
    const first = address.first.toUpperCase();
    return { known: 'yes', first, domain, last2: '', destination: `${first} … @ ${domain}` };
  }
  const last2 = lastDigits(destination);
  // Digits apart are spoken one by one, in every language.
  const spoken = last2 === '' ? '' : `… ${last2.split('').join(' ')}`;
  return { known: last2 === '' ? 'no' : 'yes', first: '', domain: '', last2, destination: spoken };
}

/** The same as one text, for logs and audit: `a…@example.com`, `…56`. */
export function masked(destination: string): string {
  const address = addressOf(destination);
  if (address !== null) return `${address.first}…@${address.domain}`;
  const last2 = lastDigits(destination);
  return last2 === '' ? '' : `…${last2}`;
}

/** The same in a message (L30): with characters that are in the basic alphabet of SMS. */
export function maskedInWriting(destination: string): string {
  return masked(destination).replace('…', '***');
}

const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?`;
/** Two labels or more, in any alphabet; digits alone are no last one, and seven in a row are a telephone number. */
const DOMAIN = new RegExp(String.raw`^(?!.*\p{N}{7})(?:${LABEL}\.)+(?!\p{N}+$)${LABEL}$`, 'u');

/** What may be said of an address; null where no domain stands behind its `@`, but anything at all. */
function addressOf(destination: string): { readonly first: string; readonly domain: string } | null {
  const at = destination.lastIndexOf('@');
  const domain = destination.slice(at + 1);
  return at > 0 && DOMAIN.test(domain) ? { first: firstOf(destination), domain } : null;
}

function lastDigits(destination: string): string {
  return destination.includes('@') ? '' : destination.replace(/\D/g, '').slice(-2);
}

/** A character, not half of one. */
function firstOf(text: string): string {
  return String.fromCodePoint(text.codePointAt(0) ?? 0x20);
}
