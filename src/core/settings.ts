/**
 * The MicroApp's settings (`settings:` of a callflow), each with the label that the reference document's settings
 * page gives it. Defaults and bounds follow NIST SP 800-63B-4 and the products named beside them.
 */
import { z } from 'zod';
import { METHODS, type Method } from './method.ts';
import { target, variable } from './callflow/names.ts';
import { duration } from './duration.ts';

const method = z
  .union([z.string(), z.number()])
  .transform((written) => String(written).toLowerCase())
  .pipe(
    z.enum(METHODS, { error: (issue) => `"${String(issue.input)}" is not a method. Methods: ${METHODS.join(', ')}.` }),
  );

const count = (most: number) =>
  z
    .int({ error: `A whole number goes here, 0 to ${most}.` })
    .min(0, 'At least 0 (none allowed).')
    .max(most, `At most ${most}.`);

const DIGITS = 'A whole number goes here, 4 to 10.';

/** How many, and the path once they are used up. Without `then`: the exit `agent` where there is one, else `error`. */
function limit(options: { readonly most: number; readonly by: number; readonly label: string }) {
  return z
    .strictObject({
      most: count(options.most)
        .default(options.by)
        .describe(`${options.label}. Default ${options.by}, at most ${options.most}.`),
      then: target.optional(),
    })
    .prefault({});
}

/** A limit of one block's own, in place of the callflow's. */
export const ownLimit = z.strictObject({ most: count(10), then: target }).optional();

export const settingsSchema = z.strictObject({
  'customer-email-variable': variable.default('CustomerEmail').describe('Variable Name for Customer Email Address.'),
  'customer-phone-variable': variable.default('CustomerPhone').describe('Variable Name for Customer Phone Number.'),
  methods: z
    .array(method)
    .min(1, 'Name at least one method.')
    .refine((methods) => new Set(methods).size === methods.length, 'Name each method once.')
    .default(['email', 'sms', 'voice', 'authenticator'])
    .describe('The order in which callers hear the methods, of those that the service lists for them.'),
  'no-method': target.optional().describe('Behaviour if No Verified Contact Method Available.'),
  skip: z.enum(['already-verified', 'never']).default('already-verified').describe('Skip Options.'),
  code: z
    .strictObject({
      'made-by': z.enum(['internal']).default('internal').describe('Select an option for the code generation.'),
      digits: z
        .int({ error: DIGITS })
        .min(4, DIGITS)
        .max(10, DIGITS)
        .default(6)
        .describe('Number of digits for the Generated Code. Default 6; 4 and 5 only with ALLOW_NONCONFORMANT.'),
      lasts: duration({ least: 30_000, most: 3_600_000, usually: 'm' })
        .prefault('5m')
        .describe('Internal Code Expiration Time. Default 5m; over 10m only with ALLOW_NONCONFORMANT.'),
      'after-wrong-code': z
        .enum(['ask-again', 'new-code'])
        .default('ask-again')
        .describe('What follows a wrong code: the same code may be tried again, or a new one is made and sent.'),
    })
    .prefault({}),
  limits: z
    .strictObject({
      sends: limit({ most: 10, by: 3, label: 'Maximum Attempts at Sending an Authentication Code, in one call' }),
      'attempts-per-code': limit({
        most: 10,
        by: 3,
        label: 'Maximum Attempts at Verifying an Authentication Code, for each code',
      }),
      'wrong-keys': limit({ most: 10, by: 3, label: 'Wrong keys in a row at one question' }),
      silences: limit({ most: 10, by: 3, label: 'Silences in a row at one question' }),
      locked: z.strictObject({ then: target.optional() }).prefault({}).describe("The account's own lock."),
    })
    .prefault({}),
  spacing: duration({ least: 0, most: 600_000, usually: 's' })
    .prefault('20s')
    .describe(
      'A new code asked for within this time of an untried one is not sent; the caller hears that it is on its way.',
    ),
  wait: duration({ least: 3_000, most: 60_000, usually: 's' })
    .prefault('8s')
    .describe('How long a question waits for the first key.'),
  'zero-is': target.optional().describe('Where key 0 leads in menus.'),
  messages: z
    .strictObject({
      email: z
        .strictObject({
          from: z.string().describe("Email Address 'From'."),
          subject: z.string().max(200).describe('Email Subject.'),
        })
        .optional(),
      sms: z.strictObject({ from: z.string().describe("SMS Number 'From'.") }).optional(),
    })
    .prefault({}),
});

export type Settings = z.output<typeof settingsSchema>;

/**
 * What a callflow asks for beyond NIST SP 800-63B-4's and our own bounds, one sentence each (D15); empty when nothing.
 * Such a callflow runs only with ALLOW_NONCONFORMANT.
 */
export function nonconformances(settings: Settings): readonly string[] {
  const { code, limits } = settings;
  const found: string[] = [];
  if (code.digits < 6) found.push(`code.digits is ${code.digits}; at least 6 are asked for`);
  if (code.lasts > 600_000) found.push(`code.lasts is ${code.lasts / 60_000} minutes; at most 10 are allowed`);
  if (limits.sends.most > 5) found.push(`limits.sends.most is ${limits.sends.most}; at most 5`);
  if (limits['attempts-per-code'].most > 5)
    found.push(`limits.attempts-per-code.most is ${limits['attempts-per-code'].most}; at most 5`);
  return found;
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
