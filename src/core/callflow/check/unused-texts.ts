import { CALL_MESSAGES } from '../../call/call-messages.ts';
import { LOCK_MESSAGES } from '../../call/lock-messages.ts';
import { STANDARD_PROMPTS } from '../../call/prompts.ts';
import { similar, suggestion } from '../similar.ts';
import { STANDARD } from '../prompt-shelf.ts';
import { promptUses } from './prompt-uses.ts';
import type { Rule } from './rule.ts';
import { CARRIERS, EMAIL_HTML, EMAIL_SUBJECT, lockMessagesOf } from './sent-messages.ts';
import { usersOf } from './worded.ts';

/** Spoken while a task runs, always from the standard prompts. */
const ONLY_STANDARD = ['one-moment'];

/** Every prompt is said somewhere, and every message is sent. */
export const unusedTexts: Rule = {
  code: 'CF307',
  severity: 'warning',
  stage: 'advice',
  of: 'prompts',
  *check({ source, text, yaml }, project) {
    const users = usersOf({ source }, project);
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
    const sends = users.some(({ callflow }) => [...callflow.blocks.values()].some(({ verb }) => verb === 'send-code'));
    const locks = standard || users.some(({ callflow }) => lockMessagesOf(callflow).length > 0);
    const sent: readonly string[] = [
      ...(sends ? [...CARRIERS, EMAIL_SUBJECT, EMAIL_HTML, ...Object.keys(CALL_MESSAGES)] : []),
      ...(locks ? LOCK_MESSAGES : []),
    ];
    for (const message of Object.keys(text.messages)) {
      if (sent.includes(message)) continue;
      yield {
        at: yaml.placeOfKey(['messages', message]),
        message: `Nothing sends the message "${message}".${suggestion(
          message,
          sent.filter((method) => !Object.hasOwn(text.messages, method)),
        )}`,
        fix: sends || locks ? `Messages are called ${sent.join(', ')}.` : 'Delete it: no block here is a `send-code`.',
      };
    }
  },
};
