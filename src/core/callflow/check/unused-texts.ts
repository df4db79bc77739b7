import { STANDARD_PROMPTS } from '../../call/prompts.ts';
import { similar } from '../similar.ts';
import { STANDARD } from '../prompt-shelf.ts';
import { messagesFrom } from './misspelled-messages.ts';
import { promptUses } from './prompt-uses.ts';
import type { Rule } from './rule.ts';
import { usersOf } from './worded.ts';

/** Spoken while a task runs, always from the standard prompts. */
const ONLY_STANDARD = ['one-moment'];

/** Every prompt is said somewhere, and every message is sent. */
export const unusedTexts: Rule = {
  code: 'CF307',
  severity: 'warning',
  stage: 'advice',
  of: 'prompts',
  *check(file, project) {
    const { source, text, yaml } = file;
    const users = usersOf(file, project);
    if (users.length === 0) return;
    const standard = source.callflow === STANDARD;
    const spoken = users.flatMap(({ callflow }) => promptUses(callflow, source.locale).map(({ prompt }) => prompt));
    const used = new Set(
      standard ? [...spoken, ...STANDARD_PROMPTS] : spoken.filter((each) => !ONLY_STANDARD.includes(each)),
    );
    const unworded = [...used].filter((prompt) => !Object.hasOwn(text.prompts, prompt));
    for (const prompt of Object.keys(text.prompts)) {
      if (used.has(prompt)) continue;
      const near = similar(prompt, unworded);
      const [message, fix] = ONLY_STANDARD.includes(prompt)
        ? [`The prompt "${prompt}" is always taken from ${STANDARD}.yaml, never from here.`, `Write it there.`]
        : near === undefined
          ? [`Nothing says the prompt "${prompt}".`, 'Delete it, or name it where it should be said.']
          : [`Nothing says the prompt "${prompt}". Did you mean "${near}"?`, `Call it ${near}, or delete it.`];
      yield { at: yaml.placeOfKey(['prompts', prompt]), message, fix };
    }
    const sent = messagesFrom(file, project);
    for (const message of Object.keys(text.messages)) {
      if (sent.includes(message)) continue;
      yield {
        at: yaml.placeOfKey(['messages', message]),
        message: `Nothing sends the message "${message}".`,
        fix: sent.length > 0 ? `Messages are called ${sent.join(', ')}.` : 'Delete it: no block here is a `send-code`.',
      };
    }
  },
};
