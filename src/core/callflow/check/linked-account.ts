import { sets } from './known-variables.ts';
import { linksOf } from './links.ts';
import type { Rule } from './rule.ts';

/** A callflow that verifies an account, and does not ask for it itself, is told which. */
export const linkedAccount: Rule = {
  code: 'CF226',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check({ callflow, yaml }, project) {
    for (const { at, wanted, linked, hands } of linksOf(callflow, project)) {
      const account = linked?.callflow.account ?? null;
      if (linked === undefined || account === null || hands.includes(account)) continue;
      if (!linked.callflow.inputs.includes(account) || sets(linked.callflow, account)) continue;
      yield {
        at: yaml.place([...at, 'link']),
        message: `"${wanted}" verifies the account in "${account}", and this link does not hand it over.`,
        fix: `Write \`with: [${[account, ...hands].join(', ')}]\`.`,
      };
    }
  },
};
