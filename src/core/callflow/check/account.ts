import type { Rule } from './rule.ts';

/** `success` means that an account is verified, so the callflow says which. */
export const account: Rule = {
  code: 'CF204',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }) {
    if (!Object.hasOwn(callflow.exits, 'success') || callflow.account !== null) return;
    yield {
      at: yaml.placeOfKey(['exits', 'success']),
      message: 'The exit "success" means that the account is verified, but the callflow does not say which account.',
      fix: 'Add `account: AccountNumber` (the variable that holds it) at the top.',
    };
  },
};
