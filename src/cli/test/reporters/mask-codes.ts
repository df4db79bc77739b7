const MASK = '•';

/** Hides codes in a text, also where their digits stand apart, as they are spoken. */
export type MaskCodes = (text: string) => string;

export function maskCodes(codes: readonly string[]): MaskCodes {
  const patterns = codes
    .filter((code) => /^\d+$/.test(code))
    .map((code) => new RegExp(code.split('').join('[\\s.,-]*'), 'g'));
  return (text) => patterns.reduce((masked, pattern) => masked.replace(pattern, (found) => hidden(found)), text);
}

/** As many dots as there are digits. */
export function hidden(digits: string): string {
  return MASK.repeat(digits.replaceAll(/\D/g, '').length);
}
