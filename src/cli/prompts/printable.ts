/** A text from a file that somebody else made, as a terminal may show it: it moves no cursor and sets no colour. */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, '\ufffd');
}
