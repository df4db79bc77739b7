import { LOCK_MESSAGES, type LockMessage } from '../../call/lock-messages.ts';
import { hasPrompt, STANDARD_PROMPTS } from '../../call/prompts.ts';
import { STANDARD } from '../prompt-shelf.ts';
import type { CallflowFile } from '../project.ts';
import { listed } from './listed.ts';
import type { Rule } from './rule.ts';
import { lockMessagesOf } from './sent-messages.ts';

/** Every language that is spoken has its standard prompts: no caller is ever left without a word. */
export const standardPrompts: Rule = {
  code: 'CF304',
  severity: 'error',
  stage: 'names',
  of: 'project',
  *check({ standard, prompts: files, callflows }) {
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
      const lacking = LOCK_MESSAGES.filter((name) => [...callflows.values()].some((file) => lacks(file, name, locale)));
      if (lacking.length === 0) continue;
      const have = lacking.length === 1 ? 'has' : 'have';
      yield {
        severity: 'warning',
        at: { file: prompts.source.file, line: 1, column: 1 },
        message: `Whoever is told of a lock reads another language than ${locale}: ${listed(lacking)} ${have} no wording in it.`,
        fix: 'Write them under `messages:` in this file.',
      };
    }
  },
};

/** Whether a callflow speaks a language and may lock accounts, and has no words to tell it there. */
function lacks({ callflow, wordings }: CallflowFile, message: LockMessage, locale: string): boolean {
  return lockMessagesOf(callflow).includes(message) && wordings.get(locale)?.messages.has(message) === false;
}
