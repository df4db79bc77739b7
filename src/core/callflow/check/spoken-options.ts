import { promptUses } from './prompt-uses.ts';
import { recordedTexts } from './recorded-texts.ts';
import type { Rule } from './rule.ts';
import { usersOf } from './worded.ts';

/** Variants of a menu's prompt that are the question itself. */
const QUESTION: readonly string[] = ['ask', 'again', 'help'];

/** Options of menus are spoken: their sentences are put together from a text and a key. */
export const spokenOptions: Rule = {
  code: 'CF315',
  severity: 'error',
  stage: 'sense',
  of: 'prompts',
  *check(file, project) {
    const uses = usersOf(file, project).flatMap(({ callflow }) => promptUses(callflow, file.source.locale));
    const menus = new Set(uses.filter((use) => use.as === 'menu').map((use) => use.prompt));
    for (const { key, audio, at } of recordedTexts(file)) {
      const [prompt = key, variant] = key.split('.');
      if (variant === undefined || QUESTION.includes(variant) || !menus.has(prompt)) continue;
      yield {
        at,
        message: `"${variant}" is an option of the menu "${prompt}", and options are spoken: "${audio}" would never be heard.`,
        fix: `Write its text alone. The question (${QUESTION.map((each) => `\`${each}\``).join(', ')}) may be recorded.`,
      };
    }
  },
};
