import { z } from 'zod';
import { duration } from '../duration.ts';
import { USES } from './builtin/index.ts';
import { settingsSchema } from '../settings.ts';
import { signInSchema } from '../sign-in/schema.ts';
import { isWebAddress } from '../web-address.ts';
import { RESERVED_CALLFLOWS, locale, name, prompt, text, variable } from './names.ts';

const serviceSchema = z.strictObject({
  production: text.optional().meta({ label: 'Web Service details', description: 'URL for production calls.' }),
  test: text.optional().meta({
    label: 'Web Service details',
    description: 'URL for test calls: those to one of TEST_NUMBERS.',
  }),
  timeout: duration({ least: 100, most: 15_000, usually: 's' }).prefault('3s').meta({
    label: 'Web Service Timeout (milliseconds)',
    description: 'How long the whole exchange may take.',
  }),
  method: z
    .enum(['GET', 'POST'])
    .default('POST')
    .meta({
      description: 'How the service is asked.',
      enumDescriptions: ['the variables go in the query', 'the variables go as a form'],
    }),
  send: z.array(variable).default([]).describe('The variables that the service is sent.'),
  receive: z
    .record(
      variable,
      z
        .string({ error: 'The place of a value in the answer goes here, for example balance/amount.' })
        .regex(
          /^(?:[A-Za-z_][\w.:-]*)(?:\/[A-Za-z_][\w.:-]*){0,7}(?:\/@[A-Za-z_][\w.:-]*)?$/,
          'The place of a value is names of elements from the root on, for example balance/amount or balance/amount/@currency.',
        ),
    )
    .default({})
    .describe('Variables that a `service` block sets, each from its place in the answer.'),
});

export type Service = z.output<typeof serviceSchema>;

const say = prompt.optional().describe('A prompt that is said on the way out.');
/** What the query of a handed-over call holds besides the variables. */
const QUERY_NAMES: readonly string[] = ['FlowEvent', 'path', 'verified', 'token'];
const send = z
  .array(
    variable.refine((written) => !QUERY_NAMES.includes(written), {
      error: `The other application gets something else by this name (${QUERY_NAMES.join(', ')}); use another variable.`,
    }),
  )
  .default([])
  .describe('The variables that go along, each by its own name; what was entered as a code or a secret never does.');
const sealed = z
  .boolean()
  .default(false)
  .describe('The variables travel encrypted: nobody but the receiver can read them.');
const webAddress = text.refine((written) => written === '' || isWebAddress(written), {
  error: 'An address goes here that begins with https:// (or http://) and holds no user name.',
});

/** What the call does when it leaves, and what is said before. */
export type Exit = { readonly say?: string | undefined } &
  /** Comes back to the callflow that linked here; `returns` is the exit's own name. */
  (
    | { readonly does: 'return'; readonly returns: string }
    | { readonly does: 'dial'; readonly to: string }
    | { readonly does: 'queue'; readonly queue: string }
    /** Hands the call to another application; `url` is empty where its setting is not set. */
    | {
        readonly does: 'redirect' | 'studio-return';
        readonly url: string;
        readonly send: readonly string[];
        readonly sealed: boolean;
      }
    | { readonly does: 'hang-up' }
  );

/** An exit does exactly one thing. */
const exitSchema = z.union(
  [
    z
      .strictObject({ say, returns: name.describe("Goes back to the callflow that linked here: the exit's own name.") })
      .transform(({ say: said, returns }): Exit => ({ say: said, does: 'return', returns })),
    z
      .strictObject({ say, dial: text.describe('Puts the caller through to a number or a sip: address.') })
      .transform(({ say: said, dial }): Exit => ({ say: said, does: 'dial', to: dial })),
    z
      .strictObject({ say, queue: text.describe('The queue of the voice platform where the caller waits.') })
      .transform(({ say: said, queue }): Exit => ({ say: said, does: 'queue', queue })),
    z
      .strictObject({
        say,
        redirect: webAddress.describe('The address of the application that goes on.'),
        send,
        sealed,
      })
      .transform(({ redirect: url, say: said, ...rest }): Exit => ({ say: said, does: 'redirect', url, ...rest })),
    z
      .strictObject({
        say,
        'studio-return': webAddress.describe('The webhook of the Studio flow that goes on.'),
        send,
        sealed,
      })
      .transform(({ 'studio-return': url, say: said, ...rest }): Exit => ({
        say: said,
        does: 'studio-return',
        url,
        ...rest,
      })),
    z
      .strictObject({ say, 'hang-up': z.literal(true).describe('Ends the call.') })
      .transform(({ say: said }): Exit => ({ say: said, does: 'hang-up' })),
  ],
  {
    error:
      'An exit does one thing: `returns: name`, `dial: "${AGENT_NUMBER}"`, `queue: name`, `redirect: "https://..."`, `studio-return: "https://..."` or `hang-up: true`, each with an optional `say`.',
  },
);

/** A callflow file but for its blocks, which each verb's own schema reads. */
export const callflowSchema = z.strictObject({
  callflow: name
    .refine((value) => !RESERVED_CALLFLOWS.includes(value), {
      error: ({ input }) => `"${String(input)}" is the name of a route of the server itself. Choose another.`,
    })
    .describe("The callflow's name, and its address: /voice/<name>."),
  use: z
    .enum(USES, { error: (issue) => `"${String(issue.input)}" is not there to be used. Possible: ${USES.join(', ')}.` })
    .optional()
    .describe('A callflow that comes with Dialproof: the file then has only settings, services and exits.'),
  title: z.string().max(200).optional().describe('What it is, for people.'),
  start: name.describe('The block that the call begins with.'),
  inputs: z.array(variable).default([]).describe('Variables that a linking callflow or the start request hands in.'),
  'locale-by-number': z
    .record(
      z.string().regex(/^\+[1-9]\d{6,14}$/, 'A dialled number goes here, with its country: "+34910000000".'),
      locale,
    )
    .default({})
    .describe('The language that a call begins in, by the number that was dialled.'),
  account: variable.optional().describe('The variable that holds the account: whose failures are counted.'),
  'sign-in': signInSchema
    .optional()
    .describe('Makes it a callflow for pages of web sign-in, and says when a sign-in needs a code.'),
  settings: settingsSchema.prefault({}).describe('The settings of two-factor authentication.'),
  services: z
    .record(name, serviceSchema)
    .default({})
    .describe(
      'Web services by name. Check Verified Contact Methods is contact-methods; for external codes, ' +
        'Send Authentication Code is send-code and Code Authentication is verify-code.',
    ),
  exits: z.record(name, exitSchema).default({}).describe('The ways out of the callflow, by name.'),
  blocks: z
    .record(name, z.looseObject({}))
    .refine((blocks) => Object.keys(blocks).length > 0, 'There is no block. Write at least one under `blocks`.')
    .describe('The steps of the call, by name; each has exactly one verb.'),
});
