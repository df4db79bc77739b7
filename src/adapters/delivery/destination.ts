import { parsePhoneNumberFromString, type CountryCode, type NumberType } from 'libphonenumber-js/max';

export interface NumberRules {
  /** ISO codes of the countries that codes may be sent to. */
  readonly countries: readonly CountryCode[];
  /** Our own numbers, E.164: nobody's code goes there. */
  readonly own: readonly string[];
}

/** Numbers that cost the caller or us more than a message, or that nobody's telephone stands behind. */
const NEVER: readonly NumberType[] = ['PREMIUM_RATE', 'SHARED_COST', 'PERSONAL_NUMBER', 'PAGER', 'UAN', 'VOICEMAIL'];

/** Digits of a number without its area: fewer say too little about whose line it is. */
const FEWEST_DIGITS = 7;

/**
 * Whether a line, as platforms name it, may be the one of an E.164 number: a number, or a SIP or tel address that holds one,
 * in international or national spelling. National spellings are not unique; then it is taken for that line.
 */
export function isLineOf(number: string, line: string): boolean {
  const [user = ''] = line
    .replace(/^.*</, '')
    .replace(/^\s*(?:sips?|tel):/i, '')
    .split(/[@;:>]/);
  const written = user.replaceAll(/%2B|[+ ().-]/gi, '');
  const digits = /^\d+$/.test(written) ? written.replace(/^0+/, '') : '';
  return digits.length >= FEWEST_DIGITS && (number.endsWith(digits) || digits.endsWith(number.slice(1)));
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
