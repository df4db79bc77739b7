import { z } from 'zod';
import { target, variable } from '../callflow/names.ts';
import type { Verb } from './verb.ts';

const schema = z.strictObject({
  when: variable.describe('The variable that decides.'),
  is: z.record(z.string(), target).describe('Where each value leads.'),
  otherwise: target.describe('Where any other value leads.'),
});

/** Goes on by what a variable holds. */
export const when: Verb<z.output<typeof schema>> = {
  name: 'when',
  summary: 'Goes on by what a variable holds.',
  example: 'segment: { when: Segment, is: { gold: gold-line }, otherwise: agent }',
  schema,
  paths: (block) => ({
    ...Object.fromEntries(Object.entries(block.is).map(([value, to]) => [`is ${value}`, to])),
    otherwise: block.otherwise,
  }),
  reads: (block) => [block.when],
  kind: {
    does: 'decide',
    variable: (block) => block.when,
    values: (block) => Object.fromEntries(Object.keys(block.is).map((value) => [value, `is ${value}`])),
  },
};
