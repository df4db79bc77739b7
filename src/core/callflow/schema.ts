import { z } from 'zod';
import { duration } from '../duration.ts';
import { settingsSchema } from '../settings.ts';
import { name, RESERVED_CALLFLOWS, text, variable } from './names.ts';

const serviceSchema = z.strictObject({
  production: text.optional().describe('URL for production calls.'),
  test: text.optional().describe('URL for test calls: those to one of TEST_NUMBERS.'),
  timeout: duration({ least: 100, most: 15_000, usually: 's' }).prefault('3s').describe('Web Service Timeout.'),
  method: z.enum(['GET', 'POST']).default('POST'),
  send: z.array(variable).default([]).describe('The variables that the service is sent.'),
});

export type Service = z.output<typeof serviceSchema>;

const say = name.optional().describe('A prompt that is said on the way out.');

/** An exit does exactly one thing. */
const exitSchema = z.union(
  [
    z.strictObject({ say, returns: name }),
    z.strictObject({ say, dial: text }),
    z.strictObject({ say, 'hang-up': z.literal(true) }),
  ],
  {
    error:
      'An exit does one thing: `returns: name`, `dial: "${AGENT_NUMBER}"` or `hang-up: true`, each with an optional `say`.',
  },
);

export type Exit = z.output<typeof exitSchema>;

/** A callflow file but for its blocks, which each verb's own schema reads. */
export const callflowSchema = z.strictObject({
  callflow: name.refine(
    (value) => !RESERVED_CALLFLOWS.includes(value),
    'This name is used by a route of the server itself; choose another.',
  ),
  title: z.string().max(200).optional(),
  start: name,
  inputs: z.array(variable).default([]).describe('Variables that a linking callflow or the start request hands in.'),
  account: variable.optional().describe('The variable that holds the account: whose failures are counted.'),
  settings: settingsSchema.prefault({}),
  services: z.record(name, serviceSchema).default({}),
  exits: z.record(name, exitSchema).default({}),
  blocks: z.record(name, z.looseObject({})),
});
