import { z } from 'zod';
import { name, target, variable } from '../callflow/names.ts';
import type { Verb } from './verb.ts';

const schema = z.strictObject({
  link: name.describe('The callflow to go into.'),
  with: z.array(variable).default([]).describe('Variables it is handed.'),
  paths: z
    .record(name, target)
    .default({})
    .describe('Where its exits lead; one that is not named here does what it says itself (D14).'),
});

/** Goes into another callflow and comes back by one of its exits (G55). */
export const link: Verb<z.output<typeof schema>> = {
  name: 'link',
  summary: 'Goes into another callflow; its exits are the paths.',
  example: 'identify: { link: two-factor, with: [AccountNumber], paths: { success: balance, agent: agent } }',
  schema,
  paths: (block) => block.paths,
  reads: (block) => block.with,
  kind: { does: 'link', callflow: (block) => block.link, hands: (block) => block.with },
};
