import { isExternal } from '../../blocks/code-service.ts';
import { isMisnamed } from './ownerless-prompts.ts';
import type { Rule } from './rule.ts';
import { CARRIERS } from './sent-messages.ts';

/** The messages that carry codes are worded for every method that needs one. */
export const missingMessages: Rule = {
  code: 'CF303',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check(file, project) {
    const { callflow, yaml, wordings: languages } = file;
    if (isExternal(callflow)) return;
    if (![...callflow.blocks.values()].some((block) => block.verb === 'send-code')) return;
    for (const wordings of languages.values()) {
      if (isMisnamed(file, wordings.locale, project)) continue;
      for (const method of CARRIERS) {
        if (!callflow.settings.methods.includes(method) || wordings.messages.has(method)) continue;
        yield {
          at: yaml.place(['settings', 'methods']),
          message: `The ${method} message that carries the code has no wording in ${wordings.locale}.`,
          fix: `Add "${method}:" under \`messages:\` in prompts/${wordings.locale}/${callflow.name}.yaml.`,
        };
      }
    }
  },
};
