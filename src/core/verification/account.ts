/**
 * The one spelling of an account that counts, so that other spellings do not multiply its budget of failures.
 * Empty means "no account": it never has a grant.
 */
export function canonicalAccount(account: string): string {
  return account.normalize('NFKC').trim();
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
