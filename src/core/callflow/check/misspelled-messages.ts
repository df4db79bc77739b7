import { CALL_MESSAGES } from '../../call/call-messages.ts';
import { LOCK_MESSAGES } from '../../call/lock-messages.ts';
import type { Project, PromptFile } from '../project.ts';
import { STANDARD } from '../prompt-shelf.ts';
import { similar } from '../similar.ts';
import type { Rule } from './rule.ts';
import { CARRIERS, EMAIL_HTML, EMAIL_SUBJECT, lockMessagesOf } from './sent-messages.ts';
import { usersOf } from './worded.ts';

/** What is sent or said where a block is a `send-code`. */
const WITH_CODES = [...CARRIERS, EMAIL_SUBJECT, EMAIL_HTML, ...Object.keys(CALL_MESSAGES)];
const MESSAGES: readonly string[] = [...WITH_CODES, ...LOCK_MESSAGES];

/** Whether any callflow may send or say a message of this name. */
export function isMessage(name: string): boolean {
  return MESSAGES.includes(name);
}

/** The names of the messages that may be sent or, in a call that tells a code, said from this file. */
export function messagesFrom(file: PromptFile, project: Project): readonly string[] {
  const users = usersOf(file, project);
  const sends = users.some(({ callflow }) => [...callflow.blocks.values()].some(({ verb }) => verb === 'send-code'));
  const locks = file.source.callflow === STANDARD || users.some(({ callflow }) => lockMessagesOf(callflow).length > 0);
  return [...(sends ? WITH_CODES : []), ...(locks ? LOCK_MESSAGES : [])];
}

/** The messages of a file that are none, each with the one that was probably meant: it may be sent and is not there. */
export function misspelledMessages(file: PromptFile, project: Project): ReadonlyMap<string, string> {
  const { messages } = file.text;
  const missing = messagesFrom(file, project).filter((name) => !Object.hasOwn(messages, name));
  const misspelled = new Map<string, string>();
  for (const written of Object.keys(messages)) {
    const meant = isMessage(written) ? undefined : similar(written, MESSAGES);
    if (meant !== undefined && missing.includes(meant)) misspelled.set(written, meant);
  }
  return misspelled;
}

/** A message whose name is misspelled is never sent: another text goes out in its place, or none. */
export const messageNames: Rule = {
  code: 'CF307',
  severity: 'error',
  stage: 'names',
  of: 'prompts',
  *check(file, project) {
    for (const [written, meant] of misspelledMessages(file, project)) {
      yield {
        at: file.yaml.placeOfKey(['messages', written]),
        message: `Nothing sends the message "${written}". Did you mean "${meant}"?`,
        fix: `Call it ${meant}, or delete it.`,
      };
    }
  },
};
