import { masked } from '../../core/verification/mask.ts';

const HIDDEN = '•';
/** What may stand between the characters of a code that is read out. */
const BETWEEN = String.raw`[\s,.-]{0,2}`;
/** A token hands a caller over, and what else stands in its address may be theirs. */
const WITH_TOKEN = /(https?:\/\/[^\s"<?]*)\?[^\s"<]*\btoken=[^\s"<]*/g;
const SIP_HEADERS = /(sips?:[^\s"<?]*)\?[^\s"<]*/g;
const NUMBER = /(?:\+|%2B)\d{7,15}/gi;
const ADDRESS = /[^\s"'<>()[\]:;,=&?/]+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;

/** Takes out of a trace what no log may hold: codes, and full numbers and addresses. */
export interface Mask {
  text(text: string): string;
  /** One key each. */
  keys(keys: readonly string[]): readonly string[];
}

export function maskOf(codes: readonly string[]): Mask {
  const known = codes.flatMap(family).filter((code) => code !== '');
  const spoken = known.length === 0 ? null : new RegExp(known.map(spokenCode).join('|'), 'g');
  const pressed = known.length === 0 ? null : new RegExp(known.map(escaped).join('|'), 'g');
  return {
    text: (text) =>
      without(text, spoken)
        .replace(WITH_TOKEN, '$1?…')
        .replace(SIP_HEADERS, '$1?…')
        .replace(ADDRESS, (address) => masked(address.replace(/%40/g, '@')))
        .replace(NUMBER, (number) => masked(number)),
    keys: (keys) => Array.from(without(keys.join(''), pressed)),
  };
}

function without(text: string, codes: RegExp | null): string {
  return codes === null ? text : text.replace(codes, (code) => code.replace(/[^\s,.-]/g, HIDDEN));
}

/** A simulated wrong code is a right one with every digit moved on, and would give it away. */
function family(code: string): readonly string[] {
  const moved = (by: number): string => code.replaceAll(/\d/g, (digit) => String((Number(digit) + by) % 10));
  return [...new Set(Array.from({ length: 10 }, (_, by) => moved(by)))];
}

function spokenCode(code: string): string {
  return Array.from(code, escaped).join(BETWEEN);
}

function escaped(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`);
}
