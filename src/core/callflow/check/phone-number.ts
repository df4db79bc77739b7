/** Whether it is spelled as E.164 asks: a plus sign, the country code, up to 15 digits in all and nothing else. */
export function isNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text);
}
