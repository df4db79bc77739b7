import { hasPrompt, STANDARD_PROMPTS } from '../../call/prompts.ts';
import { STANDARD } from '../prompt-shelf.ts';
import type { Rule } from './rule.ts';

/** Every language that is spoken has its standard prompts: no caller is ever left without a word. */
export const standardPrompts: Rule = {
  code: 'CF304',
  severity: 'error',
  stage: 'names',
  of: 'project',
  *check({ standard, prompts: files }) {
    for (const [locale, prompts] of standard) {
      // Files in the folder of another language are reported there.
      const elsewhere = files.some(({ source, text }) => source.locale === locale && text.locale !== locale);
      if (prompts === 'unread' || (prompts === 'missing' && elsewhere)) continue;
      if (prompts === 'missing') {
        const file = `prompts/${locale}/${STANDARD}.yaml`;
        yield {
          at: { file, line: 1, column: 1 },
          message: `There are no standard prompts in ${locale}.`,
          fix: `Add ${file}, or set DEFAULT_LOCALE to a language that has one.`,
        };
        continue;
      }
      for (const prompt of STANDARD_PROMPTS) {
        if (hasPrompt(prompts.wordings, prompt)) continue;
        yield {
          at: { file: prompts.source.file, line: 1, column: 1 },
          message: `The standard prompt "${prompt}" has no wording in ${locale}.`,
          fix: `Add "${prompt}:" under \`prompts:\` in this file.`,
        };
      }
    }
  },
};
