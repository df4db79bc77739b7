/**
 * The MicroApp's settings (`settings:` of a callflow), each with the `label` that the reference document's settings
 * page gives it (G48-G68). Defaults and bounds follow NIST SP 800-63B-4; an editor shows them after the description.
 */
import { z } from 'zod';
import { isDelivered, METHODS, TRAITS, type DeliveredMethod, type Method } from './method.ts';
import { target, text, variable } from './callflow/names.ts';
import { similar } from './callflow/similar.ts';
import { duration } from './duration.ts';
import { otpNodesSchema, withOtpNodes } from './otp-nodes.ts';

const method = z
  .union([z.string(), z.number()])
  .transform((written) => String(written).toLowerCase())
  .pipe(z.enum(METHODS, { error: ({ input }) => notAMethod(String(input)) }))
  .meta({ words: METHODS });

function notAMethod(written: string): string {
  const near = similar(written, METHODS);
  const known = `Methods: ${METHODS.join(', ')}. Another one needs a sender; docs/operators.md says how to add it.`;
  return `"${written}" is not a method. ${near === undefined ? known : `Write ${near}.`}`;
}

const count = (most: number) =>
  z
    .int({ error: `A whole number goes here, 0 to ${most}.` })
    .min(0, 'At least 0 (none allowed).')
    .max(most, `At most ${most}.`);

const DIGITS = 'A whole number goes here, 4 to 10.';

/** What a limit's two keys are called and mean. */
interface LimitWords {
  readonly limit: string;
  readonly most: { readonly label?: string; readonly description: string };
  readonly then: { readonly label?: string; readonly description: string };
}

/** A path that a limit or an outcome takes; where it is not written, it is the exit `agent` if there is one, else `error`. */
function behaviour(words: { readonly label?: string; readonly description: string }) {
  return target.optional().meta({ ...words, usually: 'the exit agent, else error' });
}

/** How many, and the path once they are used up. */
function limit(words: LimitWords) {
  return z
    .strictObject({ most: count(10).default(3).meta(words.most), then: behaviour(words.then) })
    .prefault({})
    .describe(words.limit);
}

const wait = duration({ least: 3_000, most: 60_000, usually: 's' });

/** The keys of a block that asks something: each takes the place of the setting of that name. */
export const questionKeys = {
  wait: wait.optional().describe('How long this question waits for the first key, in place of the setting.'),
  silences: ownLimit('Silences'),
  'wrong-keys': ownLimit('Wrong keys'),
};

function ownLimit(what: string) {
  return z
    .strictObject({
      most: count(10).describe(`${what} in a row at this question.`),
      then: target.describe('Where that leads.'),
    })
    .optional()
    .describe(`${what} at this question, in place of the settings.`);
}

const LENIENT = 'with ALLOW_NONCONFORMANT';

/** Internal Code Expiration Time where none is written, milliseconds (NIST SP 800-63B-4 3.1.3.2 allows ten minutes). */
const FIVE_MINUTES = 300_000;

const codeSchema = z
  .strictObject({
    'made-by': z
      .enum(['internal', 'external'])
      .default('internal')
      .meta({
        label: 'Select an option for the code generation',
        description: 'Who makes, sends and checks codes.',
        enumDescriptions: ['Dialproof', 'your own system, by the services send-code and verify-code'],
      }),
    digits: z
      .int({ error: DIGITS })
      .min(4, DIGITS)
      .max(10, DIGITS)
      .default(6)
      .meta({
        label: 'Number of digits for the Generated Code',
        description: `\`digits: code\` in a block follows it. 4 and 5 only ${LENIENT}.`,
      }),
    lasts: duration({ least: 30_000, most: 3_600_000, usually: 'm' })
      .optional()
      .meta({
        label: 'Internal Code Expiration Time (minutes)',
        description: `How long a code works: time to receive and to enter it. Over 10m only ${LENIENT}. External codes without it last as their own system says.`,
        usually: '5m',
      }),
    'authenticator-name': z
      .string()
      .min(1, 'Write its name.')
      .max(64, 'At most 64 characters.')
      .default('Google Authenticator')
      .meta({
        label: 'Prompt Wording',
        description: 'What callers know the authenticator application by.',
      }),
    'send-for-authenticator': z
      .boolean({ error: 'Write true or false.' })
      .default(false)
      .describe('Whether the service send-code of external codes is called for the authenticator, too.'),
    'try-nbest': count(5)
      .min(1, 'At least 1: the best reading.')
      .default(1)
      .describe('How many readings of a spoken code are tried, best first; each uses one attempt.'),
    'after-wrong-code': z
      .enum(['ask-again', 'new-code'])
      .default('ask-again')
      .meta({
        description: 'What follows a wrong code.',
        enumDescriptions: ['the same code may be tried again', 'a new code is made and sent at once'],
      }),
  })
  // Of external codes only their own system knows how long they last (D7).
  .transform((code) => ({ ...code, lasts: code.lasts ?? (code['made-by'] === 'external' ? null : FIVE_MINUTES) }));

const limitsSchema = z.strictObject({
  sends: limit({
    limit: 'How many codes are sent in one call, and where it leads when they are used up.',
    most: {
      label: 'Maximum Attempts at Sending an Authentication Code',
      description: `In one call, failed ones as well. Over 5 only ${LENIENT}.`,
    },
    then: {
      label: 'Behaviour After Exceeding Maximum Code Send Attempts',
      description: 'Where the send that would be one too many leads.',
    },
  }),
  'attempts-per-code': limit({
    limit: 'How often one code is tried, and where it leads when the attempts are used up.',
    most: {
      label: 'Maximum Attempts at Verifying an Authentication Code',
      description: `For each code. Over 5 only ${LENIENT}.`,
    },
    then: {
      label: 'Behaviour After Exceeding Maximum Code Verification Attempts',
      description: 'Where the wrong code that reaches the limit leads.',
    },
  }),
  'wrong-keys': limit({
    limit: 'Keys that a question does not offer, and where too many of them lead.',
    most: { description: 'Wrong keys in a row at one question.' },
    then: { description: 'Where that leads.' },
  }),
  silences: limit({
    limit: 'Callers who press nothing, and where too much of it leads.',
    most: { description: 'Silences in a row at one question.' },
    then: { description: 'Where that leads.' },
  }),
  locked: z
    .strictObject({ then: behaviour({ description: 'Where the call of a locked account leads.' }) })
    .prefault({})
    .describe("The account's own lock, after failures over all of its calls."),
});

/** A sender for each method that is delivered, optional all of them: what is missing is a matter of `senders`. */
const messages = {
  email: z
    .strictObject({
      from: z.string().meta({ label: "Email Address 'From'", description: 'One mailbox; needed to send email.' }),
      subject: z.string().max(200).optional().meta({
        label: 'Email Subject',
        description: 'Needed to send email, unless each language has `email-subject`.',
      }),
    })
    .optional()
    .describe('How the email with the code presents itself.'),
  sms: z
    .strictObject({
      from: text.meta({ label: "SMS Number 'From'", description: 'Needed to send text messages.' }),
    })
    .optional()
    .describe('How the text message with the code presents itself.'),
  voice: z
    .strictObject({
      from: text.meta({ description: 'The number that calls, with its country: "+12025550100".' }),
    })
    .optional()
    .describe('How the call that tells the code presents itself; without it, codes are not told by telephone call.'),
} satisfies Record<DeliveredMethod, z.ZodType>;

export const settingsSchema = z
  .strictObject({
    'customer-email-variable': variable.default('CustomerEmail').meta({
      label: 'Variable Name for Customer Email Address',
      description: "The user's verified email address.",
    }),
    'customer-phone-variable': variable.default('CustomerPhone').meta({
      label: 'Variable Name for Customer Phone Number',
      description: "The user's verified phone number.",
    }),
    methods: z
      .array(method)
      .min(1, 'Name at least one method.')
      .refine((methods) => new Set(methods).size === methods.length, 'Name each method once.')
      .default([...METHODS])
      .meta({
        description: 'The order in which callers hear the methods, of those that the service lists for them.',
        usually: `[${METHODS.join(', ')}]`,
      }),
    'no-method': behaviour({
      label: 'Behaviour if No Verified Contact Method Available',
      description: 'Where a caller without a verified contact method is led.',
    }),
    skip: z
      .enum(['already-verified', 'never'])
      .default('already-verified')
      .meta({
        label: 'Skip Options',
        description: 'Whether a caller who is verified for this account in this call is let through at once.',
        enumDescriptions: ['let through without another code', 'always asked again'],
      }),
    code: codeSchema.prefault({}).describe('How codes are made and how long they work.'),
    limits: limitsSchema.prefault({}).describe('How many, and the path once they are used up.'),
    spacing: duration({ least: 0, most: 600_000, usually: 's' })
      .prefault('20s')
      .describe(
        'A new code asked for within this time of an untried one is not sent; the caller hears that it is on its way.',
      ),
    wait: wait.prefault('8s').describe('How long a question waits for the first key.'),
    'zero-is': target.optional().meta({ description: 'Where key 0 leads in menus.', usually: 'not offered' }),
    messages: z.strictObject(messages).prefault({}).describe('Who the messages with the codes come from.'),
    'otp-nodes': otpNodesSchema.optional().describe('The settings of the LexisNexis OTP nodes, by their own names.'),
  })
  .transform(withOtpNodes);

export type Settings = z.output<typeof settingsSchema>;

/**
 * What a callflow asks for beyond NIST SP 800-63B-4's and our own bounds, one sentence each (D15); empty when nothing.
 * Such a callflow runs only with ALLOW_NONCONFORMANT.
 */
export function nonconformances(settings: Settings): readonly string[] {
  const { code, limits } = settings;
  const found: string[] = [];
  if (code.digits < 6) found.push(`code.digits is ${code.digits}; at least 6 are asked for`);
  if (code.lasts !== null && code.lasts > 600_000)
    found.push(`code.lasts is ${code.lasts / 60_000} minutes; at most 10 are allowed`);
  if (limits.sends.most > 5) found.push(`limits.sends.most is ${limits.sends.most}; at most 5`);
  if (limits['attempts-per-code'].most > 5)
    found.push(`limits.attempts-per-code.most is ${limits['attempts-per-code'].most}; at most 5`);
  return found;
}

/** Who sends by a method, and empty where nobody does. */
export function senderOf(method: string, { messages }: Settings): string {
  return (isDelivered(method) ? messages[method]?.from : undefined) ?? '';
}

/**
 * The methods that the callers of a callflow may be offered, in its order. Codes of ours that nobody sends are left out;
 * of external codes their own system says how they go out.
 */
export function offeredMethods({ methods, messages, code }: Settings): readonly Method[] {
  if (code['made-by'] === 'external') return methods;
  return methods.filter(
    (method) => !isDelivered(method) || TRAITS[method].senderless === 'mistake' || messages[method] !== undefined,
  );
}

/** Whether the callflow offers this method at all. */
export function offers(settings: Settings, wanted: string): wanted is Method {
  return settings.methods.some((each) => each === wanted);
}

/** The targets that the settings name, each with its place under `settings`. */
export function targetsIn({
  limits,
  'no-method': noMethod,
  'zero-is': zeroIs,
}: Settings): readonly { readonly path: readonly string[]; readonly to: string }[] {
  const then = Object.entries(limits).map(([name, limit]) => ({ path: ['limits', name, 'then'], to: limit.then }));
  return [{ path: ['no-method'], to: noMethod }, ...then, { path: ['zero-is'], to: zeroIs }].flatMap(({ path, to }) =>
    to === undefined ? [] : [{ path, to }],
  );
}
