import { z } from 'zod';
import { name, text } from '../callflow/names.ts';
import { duration } from '../duration.ts';
import { METHODS, type Method } from '../method.ts';

const MOMENT = { least: 0, most: 60_000, usually: 's' } as const;
const A_WHILE = { least: 1_000, most: 31 * 24 * 3_600_000, usually: 'm' } as const;

export const MOST_EXAMPLES = 100;

const method = z.enum(METHODS, { error: `A method goes here: ${METHODS.join(', ')}.` });
const count = z.int({ error: 'A whole number goes here.' }).min(0, 'At least 0.');

const PRESS =
  'What is pressed goes here: a key (0 to 9, star, hash), several (1001#), the name of an option, code, wrong-code or old-code.';
const pressed = z
  .union([z.string(), z.number()], { error: PRESS })
  .transform(String)
  .refine((written) => /^(?:[\d*#]{1,32}|[a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.test(written), PRESS);

const ERROR_CODE = 'The error code of the platform goes here: five figures, for example 12100.';

const steps = {
  hears: z.strictObject({
    hears: z
      .string({ error: 'The name of a prompt goes here.' })
      .regex(
        /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*)?$/,
        'The name of a prompt goes here, for example greeting, or enter-code.email for one of its texts.',
      )
      .meta({
        fill: true,
        description:
          'The prompt that is heard next, after the one that was named before and after what the caller did last; others ' +
          'may come before it. What is heard twice is named twice.',
      }),
    wording: text
      .optional()
      .describe('Words that it says. Prompts are told by their names, so only where the wording matters.'),
    exactly: z
      .literal(true)
      .optional()
      .describe('Nothing else is heard before it, since the prompt named before and what the caller did last.'),
  }),
  press: z.strictObject({
    press: pressed.meta({
      fill: true,
      description:
        'Keys, for example 7 or 1001#, or the name of an option, so that other numbers break nothing; code is the ' +
        'newest code that was sent, old-code the one before, also of a call before, wrong-code surely a wrong one.',
      pattern: String.raw`^(?:[\d*#]{1,32}|[a-z][a-z0-9]*(?:-[a-z0-9]+)*)$`,
      samples: ['code', 'wrong-code', 'old-code', 'star', 'hash'],
    }),
    'at-once': z
      .literal(true)
      .optional()
      .describe('Pressed while the question is still spoken, as callers do who know it; else after it.'),
  }),
  gets: z.strictObject({
    gets: method.meta({
      fill: true,
      description: 'A code arrives by this method; each code of the call is named once.',
    }),
  }),
  says: z.strictObject({
    says: text.meta({ fill: true, description: 'Words that the caller says, where the question listens for words.' }),
  }),
  silent: z.strictObject({
    silent: duration(MOMENT).meta({
      fill: true,
      description:
        'The caller presses nothing for so long after the question, at several questions where it is long. What is ' +
        'heard next may come as soon as the line has waited long enough.',
    }),
  }),
  later: z.strictObject({
    later: duration(A_WHILE).meta({ fill: true, description: 'So much time passes, and nothing else happens.' }),
  }),
  fallback: z.strictObject({
    fallback: z
      .union([z.string(), z.number()], { error: ERROR_CODE })
      .refine((written) => /^[1-9]\d{4}$/.test(String(written)), ERROR_CODE)
      .transform(Number)
      .meta({
        fill: true,
        description:
          'Right after what the caller pressed: the platform cannot use the reply to it, and asks the fallback address ' +
          'with this error code: 11200 no answer, 12100 a document it cannot read.',
        pattern: String.raw`^[1-9]\d{4}$`,
        samples: [11200, 12100],
      }),
  }),
  elsewhere: z.strictObject({
    elsewhere: z.enum(['locked'], { error: '"locked" goes here.' }).meta({
      fill: true,
      description: 'What somebody else does meanwhile: wrong codes in another call lock the account.',
    }),
  }),
};

const WORDS = ['hangs-up', 'redials', 'repeat'] as const;

const step = z.union(
  [
    z.enum(WORDS).meta({
      enumDescriptions: [
        'The caller hangs up, at a question or while the line is held: the call has no exit.',
        'The caller calls again, from the same number, when the call is over.',
        'The platform sends its last request again, as it does when it got no answer.',
      ],
    }),
    steps.hears,
    steps.press,
    steps.gets,
    steps.says,
    steps.silent,
    steps.later,
    steps.fallback,
    steps.elsewhere,
  ],
  { error: `A step is one of: ${[...Object.keys(steps), ...WORDS].join(', ')}.` },
);

const fixture = z
  .strictObject({
    reply: text.optional().describe('The document that it answers.'),
    status: text.optional().describe('The status that it answers, all else as usual, for example not found.'),
    delay: duration(MOMENT).optional().meta({ fill: true, description: 'How long it takes.' }),
    fail: z.literal(true).optional().describe('It does not answer properly.'),
  })
  .refine(({ reply, status, delay, fail }) => {
    const answers = [reply, status, fail].filter((each) => each !== undefined).length;
    return answers === 1 || (answers === 0 && delay !== undefined);
  }, 'A service answers, is late, or fails: `status: not found`, `reply: "..."`, `delay: 4s` or `fail: true`.');

const TASKS = ['find-methods', 'send-code', 'verify-code'] as const;
const failure = z
  .enum(['unreachable', 'rejected', 'error'], {
    error: 'How a send fails goes here: unreachable, rejected or error.',
  })
  .meta({ fill: true });
const sendsFail = z
  .union([
    z
      .array(method.meta({ fill: true }))
      .transform((methods): Readonly<Partial<Record<Method, z.output<typeof failure>>>> =>
        Object.fromEntries(methods.map((each) => [each, 'unreachable'] as const)),
      ),
    z.partialRecord(method, failure),
  ])
  .prefault([]);

const given = z
  .strictObject({
    customer: z
      .strictObject({
        email: text.optional().describe('The verified address.'),
        sms: text.optional().describe('The verified number for text messages.'),
        voice: text.optional().describe('The verified number for calls.'),
        authenticator: z.literal(true).optional().describe('There is an authenticator application.'),
      })
      .optional()
      .describe('The verified contact methods of the customer who calls.'),
    'sends-fail': sendsFail.describe(
      'Methods by which nothing can be sent: the list of them, or each with how it fails, for example { sms: rejected }.',
    ),
    breaks: z
      .array(z.enum(TASKS, { error: `A task goes here: ${TASKS.join(', ')}.` }).meta({ fill: true }))
      .default([])
      .describe('Tasks that fail by a fault of the installation, as when the store is away.'),
    dial: z
      .enum(['completed', 'busy', 'no-answer', 'failed'], {
        error: 'How a dialled call ends goes here: completed, busy, no-answer or failed.',
      })
      .default('completed')
      .meta({ fill: true, description: 'How it ends when the call is put through to a person.' }),
    inputs: z
      .record(z.string(), text)
      .default({})
      .describe('Variables that the start of the call hands in; the account is 1001 unless it is said here.'),
    from: text.optional().describe('The number that calls; empty where it is withheld.'),
    to: text.optional().describe('The number that is dialled.'),
    services: z.record(name, fixture).default({}).describe('How web services answer, by name.'),
  })
  .prefault({});

const atMost = z.strictObject({ 'at-most': count.describe('As many are allowed.') });

const rule = z.union(
  [
    z.enum(['code-is-never-spoken-here', 'success-needs-a-code']).meta({
      enumDescriptions: [
        "The code is never spoken in the caller's own call.",
        'Only a call in which a right code was entered leaves by the exit success.',
      ],
    }),
    z.strictObject({
      ends: z.array(name).min(1, 'Name at least one exit.').describe('The only exits that a call leaves by.'),
    }),
    z.strictObject({ sends: atMost.describe('Codes that are sent in one call.') }),
    z.strictObject({ attempts: atMost.describe('Attempts at codes in one call.') }),
    z.strictObject({
      'attempts-per-code': atMost.describe('Attempts at codes in one call, for each code that was sent.'),
    }),
  ],
  {
    error:
      'What always holds is `sends: { at-most: 3 }`, `attempts: { at-most: 9 }`, `attempts-per-code: { at-most: 3 }`, `ends: [success, agent]`, `code-is-never-spoken-here` or `success-needs-a-code`.',
  },
);

export const scenarioSchema = z.strictObject({
  name: z
    .string({ error: 'A name goes here.' })
    .min(1, 'A name goes here.')
    .describe('What is shown, as a sentence; <key> in it is the value of an example.'),
  examples: z
    .array(z.record(name, text))
    .min(1, 'Give at least one example.')
    .max(MOST_EXAMPLES, `At most ${MOST_EXAMPLES} examples.`)
    .optional()
    .describe(
      'The scenario is played once for each of these; <key> in its name, call, end and in what is given is replaced by the value, but not in a `reply`.',
    ),
  given: given.describe('What is different in this scenario.'),
  call: z
    .array(step)
    .min(1, 'A call has at least one step.')
    .describe('What happens, step by step; all of it must happen.'),
  ends: name.optional().meta({
    fill: true,
    description:
      'The exit that the last call leaves by. Without it the caller hangs up at the question after the last step.',
  }),
  count: z
    .strictObject({
      sends: count
        .optional()
        .describe('Sends as the limit counts them: one that failed and a code of an authenticator are among them.'),
      attempts: count.optional().describe('Attempts at codes.'),
    })
    .default({})
    .describe('What was counted when the last call is over.'),
});

/** A file of simulated calls to one callflow. */
export const scenarioFileSchema = z.strictObject({
  callflow: name.describe('The callflow that is called.'),
  given: given.describe('What holds when a call begins, in every scenario.'),
  always: z.array(rule).default([]).describe('What must hold after every call.'),
  scenarios: z.array(scenarioSchema).min(1, 'Write at least one scenario.').describe('The calls.'),
});

export type ScenarioFile = z.output<typeof scenarioFileSchema>;
export type Scenario = z.output<typeof scenarioSchema>;
export type Step = z.output<typeof step>;
export type Given = z.output<typeof given>;
export type Rule = z.output<typeof rule>;
