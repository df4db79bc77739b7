/**
 * The one spelling of an account that counts, so that other spellings do not multiply its budget of failures.
 * Empty means "no account": it never has a grant.
 */
export function canonicalAccount(account: string): string {
  return account.normalize('NFKC').trim();
}
