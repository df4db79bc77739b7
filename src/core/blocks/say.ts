import { z } from 'zod';
import { locale, prompt, target } from '../callflow/names.ts';
import type { Verb } from './verb.ts';

const schema = z.strictObject({
  say: prompt.describe('The prompt that is said.'),
  in: locale.optional().describe('The language that it is said in, where that is not the language of the call.'),
  next: target,
});

/** Says a prompt. It is spoken inside the next listening block, so that no early key is lost. */
export const say: Verb<z.output<typeof schema>> = {
  name: 'say',
  summary: 'Says a prompt and goes on.',
  example: 'greet: { say: greeting, next: find-methods }',
  schema,
  paths: (block) => ({ next: block.next }),
  prompts: (block) => [block.say],
  languages: (block) => (block.in === undefined ? {} : { [block.say]: block.in }),
  kind: { does: 'say', prompt: (block) => block.say, language: (block) => block.in ?? null },
};
