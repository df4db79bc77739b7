import type { Rule } from './rule.ts';

/** A prompt file stands in the folder of its language. */
export const localeOfFolder: Rule = {
  code: 'CF305',
  severity: 'error',
  stage: 'names',
  of: 'prompts',
  *check({ source, text, yaml }) {
    if (text.locale === source.locale) return;
    yield {
      at: yaml.place(['locale']),
      message: `This file stands in the folder ${source.locale}, and says that its language is ${text.locale}.`,
      fix: `Write \`locale: ${source.locale}\`, or move the file to prompts/${text.locale}/.`,
    };
  },
};
