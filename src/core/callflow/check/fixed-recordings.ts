import { recordedTexts } from './recorded-texts.ts';
import type { Rule } from './rule.ts';

/** A recording always says the same, so its text has no variables. */
export const fixedRecordings: Rule = {
  code: 'CF311',
  severity: 'error',
  stage: 'sense',
  of: 'prompts',
  *check(file) {
    for (const text of recordedTexts(file)) {
      const variables = file.wordings.prompts.get(text.key)?.variables ?? [];
      if (variables.length === 0) continue;
      const names = variables.map((name) => `{${name}}`).join(', ');
      yield {
        at: file.yaml.place(text.path),
        message: `The recording "${text.audio}" cannot say ${names}: it says the same to every caller.`,
        fix: 'Write the text alone, or make two prompts of it: one that is recorded, and one that says what changes.',
      };
    }
  },
};
