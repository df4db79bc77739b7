// Control characters, lone surrogates and the two non-characters are not XML, and the platform's library throws on them.
const ILLEGAL =
  // oxlint-disable-next-line no-control-regex -- finding them is its purpose
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** The text without the characters that XML 1.0 does not allow. */
export function cleanText(text: string): string {
  return text.replace(ILLEGAL, '');
}
