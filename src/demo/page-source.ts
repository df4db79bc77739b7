import { createHash } from 'node:crypto';

/** How a Content-Security-Policy names a style or script that stands in the page. */
export function sourceOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** For text between tags; quotation marks stay, so that a command can also be copied from the source. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
