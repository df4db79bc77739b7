/**
 * Where a browser may be sent back to: an absolute http(s) address of one of these exact origins, as the browser will
 * read it; null for anything else (security.md 7: no open redirect).
 */
export function returnAddress(written: string, origins: readonly string[]): string | null {
  // What parsers read differently never gets as far as one. An `@` names a user before the path, and nothing after that.
  if (written.length > 2048 || !/^https?:\/\/[^/?#\\@]+(?:[/?#][^\\]*)?$/i.test(written)) return null;
  if (!/^[\x21-\x7e]+$/.test(written)) return null;
  if (!URL.canParse(written)) return null;
  const { origin, href, username, password } = new URL(written);
  return origins.includes(origin) && username === '' && password === '' ? href : null;
}

/** The address with the ticket in its query. */
export function withTicket(address: string, ticket: string): string {
  const url = new URL(address);
  url.searchParams.set('ticket', ticket);
  return url.href;
}
