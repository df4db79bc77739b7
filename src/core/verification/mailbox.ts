/** RFC 5321 4.5.3.1: longest path and longest local part. */
const LONGEST = 254;
const LONGEST_LOCAL = 64;

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const LOCAL = new RegExp(`^${ATOM}(?:\\.${ATOM})*$`);
/** At least two labels, the last of them no number: neither `localhost` nor an address in digits. */
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`);

/**
 * Exactly one mailbox in plain ASCII (RFC 5321 dot-string at a domain), spaces around it removed and the domain in
 * lower case; null for everything else. Mail libraries read lists, groups, comments and header lines out of a
 * recipient, so nothing but this may reach one.
 */
export function canonicalMailbox(written: string): string | null {
  const address = written.replace(/^ +| +$/g, '');
  const at = address.lastIndexOf('@');
  const local = address.slice(0, Math.max(at, 0));
  const domain = address.slice(at + 1).toLowerCase();
  const fits = address.length <= LONGEST && local.length <= LONGEST_LOCAL;
  return fits && LOCAL.test(local) && DOMAIN.test(domain) ? `${local}@${domain}` : null;
}
