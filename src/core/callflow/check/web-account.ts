import { isOfWeb } from './of-web.ts';
import type { Rule } from './rule.ts';

/** The platform says who signs in: the callflow takes it as the account. */
export const webAccount: Rule = {
  code: 'CF243',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }) {
    const { account, inputs } = callflow;
    if (!isOfWeb(callflow)) return;
    if (account === null) {
      // Of one with an exit "success" another rule speaks.
      if (Object.hasOwn(callflow.exits, 'success')) return;
      yield {
        at: yaml.placeOfKey(['sign-in']),
        message: 'A callflow for the web does not say whom it is about.',
        fix: 'Add `account: AccountNumber` and `inputs: [AccountNumber]` at the top, and an exit "success".',
      };
    } else if (!inputs.includes(account)) {
      yield {
        at: yaml.place(['account']),
        message: `"${account}" is who signs in, and the callflow does not take it from the platform.`,
        fix: `Write \`inputs: [${[account, ...inputs].join(', ')}]\` at the top.`,
      };
    }
  },
};
