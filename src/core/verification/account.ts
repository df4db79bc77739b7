/** What is not seen or heard, and what is no text, which XML leaves out: with it, one account has as many spellings as somebody likes. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/u;

/**
 * The one spelling of an account that counts, so that other spellings do not multiply its budget of failures.
 * Empty means "no account": it never has a grant.
 */
export function canonicalAccount(account: string): string {
  // What most accounts are: nothing to normalize, and nothing hidden in it.
  if (/^[A-Za-z0-9]*$/.test(account)) return account;
  const canonical = account.normalize('NFKC').trim();
  return INVISIBLE.test(canonical) ? '' : canonical;
}

/**
 * The account that a run of a callflow is about, canonical. Only the callflow's own variables say it: a look-up of
 * contact methods cannot change whose account this is.
 */
export function accountOf(
  callflow: { readonly account: string | null },
  facts: { readonly variables: Readonly<Record<string, string>> },
): string {
  return callflow.account === null ? '' : canonicalAccount(facts.variables[callflow.account] ?? '');
}

/** The variable that says whose account a run of the callflow is about, in a list; none where it declares none. */
export function accountVariable(callflow: { readonly account: string | null }): readonly string[] {
  return callflow.account === null ? [] : [callflow.account];
}
