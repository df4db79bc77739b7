import { isSaid } from '../../call/call-messages.ts';
import { misspelledMessages } from './misspelled-messages.ts';
import { isMisnamed } from './ownerless-prompts.ts';
import type { Rule } from './rule.ts';
import { messagesOf } from './sent-messages.ts';
import { promptsOf } from './worded.ts';

/** The messages that carry codes are worded for every method that needs one, and all that a call says which tells one. */
export const missingMessages: Rule = {
  code: 'CF303',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check(file, project) {
    const { callflow, yaml, wordings: languages } = file;
    for (const wordings of languages.values()) {
      if (isMisnamed(file, wordings.locale, project)) continue;
      const misspelled = promptsOf(file, wordings.locale, project).flatMap((prompts) => [
        ...misspelledMessages(prompts, project).values(),
      ]);
      for (const name of messagesOf(callflow)) {
        if (wordings.messages.has(name) || misspelled.includes(name)) continue;
        const what = isSaid(name)
          ? `message "${name}" of the call that tells a code`
          : `${name} message that carries the code`;
        yield {
          at: yaml.place(['settings', isSaid(name) ? 'messages' : 'methods']),
          message: `The ${what} has no wording in ${wordings.locale}.`,
          fix: `Add "${name}:" under \`messages:\` in prompts/${wordings.locale}/${callflow.name}.yaml.`,
        };
      }
    }
  },
};
