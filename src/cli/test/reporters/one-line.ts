import { printable } from '../../../core/callflow/printable.ts';

/** A text from a file or a server as it may be printed in one line. */
export function oneLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, ' ').trim());
}
