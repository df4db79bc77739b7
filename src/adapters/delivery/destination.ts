import { parsePhoneNumberFromString, type CountryCode, type NumberType } from 'libphonenumber-js/max';

export interface NumberRules {
  /** ISO codes of the countries that codes may be sent to. */
  readonly countries: readonly CountryCode[];
  /** Our own numbers, E.164: nobody's code goes there. */
  readonly own: readonly string[];
}

/** Numbers that cost the caller or us more than a message, or that nobody's telephone stands behind. */
const NEVER: readonly NumberType[] = ['PREMIUM_RATE', 'SHARED_COST', 'PERSONAL_NUMBER', 'PAGER', 'UAN', 'VOICEMAIL'];

/** The E.164 spelling of the number of a line, as platforms name it: a number, or a SIP address that holds one; else null. */
export function numberOfLine(line: string): string | null {
  const written = /^(?:sips?:)?(\+?\d{5,15})(?:[@;].*)?$/i.exec(line.trim())?.[1];
  if (written === undefined) return null;
  return parsePhoneNumberFromString(written.startsWith('+') ? written : `+${written}`)?.number ?? null;
}

/**
 * The E.164 spelling of an international number that a code may go to, else null. The leading + may be missing, as
 * services written for G21 leave it out. Satellite and global numbers belong to no country and so are on no list.
 */
export function canonicalNumber(written: string, rules: NumberRules, use: 'sms' | 'voice'): string | null {
  const spelling = written.trim();
  // What starts an extension, a pause or an address (`x12`, `,,123`, `sip:`) is not among these.
  if (!/^\+?[1-9][\d ().-]{5,30}$/.test(spelling)) return null;
  const number = parsePhoneNumberFromString(spelling.startsWith('+') ? spelling : `+${spelling}`);
  if (number?.country === undefined || !number.isValid() || !rules.countries.includes(number.country)) return null;
  const type = number.getType();
  if (NEVER.includes(type) || (use === 'sms' && type === 'FIXED_LINE')) return null;
  return rules.own.includes(number.number) ? null : number.number;
}
