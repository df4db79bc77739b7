import { z } from 'zod';
import { target, text, variable } from '../callflow/names.ts';
import type { Verb } from './verb.ts';

const schema = z.strictObject({
  set: z.record(variable, text).describe('Variables and what they hold from here on.'),
  next: target,
});

/** Sets variables. `locale` changes the language from here on. */
export const set: Verb<z.output<typeof schema>> = {
  name: 'set',
  summary: 'Sets variables and goes on; `locale` is the language of the call.',
  example: 'spanish: { set: { locale: es-ES }, next: greet }',
  schema,
  paths: (block) => ({ next: block.next }),
  writes: (block) => Object.keys(block.set),
  kind: { does: 'set', variables: (block) => block.set },
};
