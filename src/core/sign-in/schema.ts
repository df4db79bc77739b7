import { z } from 'zod';
import { similar } from '../callflow/similar.ts';
import { DAY, duration } from '../duration.ts';
import { canonicalAccount } from '../verification/account.ts';
import { LEAST_PREFIX, networkOf } from './network.ts';
import type { SignInPolicy } from './policy.ts';

/** The section `sign-in` of a callflow: when a web sign-in needs a code (E16, E20, E21, E25, E26). */

const YES_OR_NO = 'Write true or false.';

const period = (description: string) =>
  duration({ least: 0, most: 30 * DAY, usually: 'd' })
    .prefault('30d')
    .meta({ description });

const askAgain = z
  .strictObject({
    'after-no-sign-in': period('Without a sign-in on the device for so long, a code is asked for.'),
    'after-authorisation': period('So long after the last code on the device, another one is asked for.'),
    'when-browser-changes': z
      .boolean({ error: YES_OR_NO })
      .default(true)
      .describe('Whether a browser that is not as it was remembered is asked for a code.'),
  })
  .prefault({})
  .describe('When a device that is known is asked for a code again.');

const MOST_DEVICES = 'A whole number goes here, 1 to 20.';

const devices = z
  .strictObject({
    remembered: duration({ least: 0, most: 30 * DAY, usually: 'd' })
      .prefault('30d')
      .meta({ description: 'How long a browser is remembered, if its user wishes; 0 for never.' }),
    most: z
      .int({ error: MOST_DEVICES })
      .min(1, MOST_DEVICES)
      .max(20, MOST_DEVICES)
      .default(5)
      .describe(
        'Devices that one user may have; a further one takes the place of the one that was seen last the longest ago.',
      ),
  })
  .prefault({})
  .describe('The browsers of a user that are remembered.');

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const A_TIME = 'A time of day goes here, hours and minutes, for example "07:00".';

const time = (pattern: RegExp, description: string) =>
  z.string({ error: A_TIME }).regex(pattern, A_TIME).describe(description);

const A_ZONE = 'A time zone goes here, for example Europe/London.';

const hours = z
  .strictObject({
    zone: z
      .string({ error: A_ZONE })
      .refine(isZone, { error: ({ input }) => `"${String(input)}" is not a time zone that is known. ${A_ZONE}` })
      .describe('The time zone of the hours, as IANA names it: Europe/London.'),
    from: time(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'The time of day that they begin at: "07:00".'),
    to: time(
      /^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/,
      'The time of day that they end at, up to "24:00"; before `from`, they go over midnight.',
    ),
    days: z
      .array(z.enum(DAYS, { error: ({ input }) => notADay(String(input)) }))
      .min(1, 'Name at least one day.')
      .refine((days) => new Set(days).size === days.length, 'Name each day once.')
      .default([...DAYS])
      .meta({ description: 'The days that the hours begin on.', usually: `[${DAYS.join(', ')}]` }),
    otherwise: z
      .enum(['ask', 'refuse'])
      .default('ask')
      .meta({
        description: 'What happens outside of them.',
        enumDescriptions: ['a code is asked for, of a known device as well', 'nobody signs in'],
      }),
  })
  .refine(({ from, to }) => from !== to, {
    error: 'The hours begin and end at the same time. Leave `hours` out for any time.',
    path: ['to'],
  })
  .optional()
  .meta({ description: 'The hours in which a device that is known needs no code.', usually: 'any time' });

const network = z.string({ error: 'A network goes here, for example 10.1.0.0/16.' }).transform((written, context) => {
  const read = networkOf(written.trim());
  const problem = read === null ? NO_NETWORK : problemOf(read);
  if (read !== null && problem === null) return read.canonical;
  context.addIssue({ code: 'custom', message: `"${written}" ${problem}` });
  return z.NEVER;
});

const NO_NETWORK = 'is no network. Write an address and how many leading bits count: 10.1.0.0/16, 2001:db8::/32.';

function problemOf({ canonical, prefix, hasHostBits }: NonNullable<ReturnType<typeof networkOf>>): string | null {
  if (prefix < LEAST_PREFIX)
    return `is too large a network to tell anybody by. Name those that the service really comes from, at least /${LEAST_PREFIX}.`;
  return hasHostBits ? `has bits behind its /${prefix}. Write ${canonical}, or the address alone.` : null;
}

const exemption = z.strictObject({
  user: z
    .union([z.string(), z.number()], { error: 'The name that the service signs in with goes here.' })
    .transform((written) => canonicalAccount(String(written)))
    .refine((user) => user !== '', 'The name that the service signs in with goes here.')
    .describe('The name that the service signs in with.'),
  networks: z
    .array(network, { error: 'A list of networks goes here: [10.1.0.0/16].' })
    .min(1, 'Name at least one network: the name alone is known to anybody.')
    .describe('The networks that it signs in from, for example [10.1.0.0/16].'),
});

export const signInSchema = z
  .strictObject({
    ttl: duration({ least: 0, most: DAY, usually: 'h' })
      .prefault('1h')
      .meta({ description: 'How long the platform may go by the answer without asking again.' }),
    'ask-again': askAgain,
    devices,
    hours,
    exempt: z.array(exemption).default([]).meta({
      description: 'Services that sign in without a browser and are asked for no code: by user and network, both.',
      usually: 'nobody',
    }),
  })
  .transform((written): SignInPolicy => ({
    ttl: Math.floor(written.ttl / 1000),
    askAgain: {
      afterNoSignIn: written['ask-again']['after-no-sign-in'],
      afterAuthorisation: written['ask-again']['after-authorisation'],
      whenBrowserChanges: written['ask-again']['when-browser-changes'],
    },
    devices: written.devices,
    hours:
      written.hours === undefined
        ? null
        : {
            ...written.hours,
            from: minuteOf(written.hours.from),
            to: minuteOf(written.hours.to),
            days: written.hours.days.map((day) => DAYS.indexOf(day) + 1),
          },
    exempt: written.exempt,
  }));

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function notADay(written: string): string {
  const near = similar(written.toLowerCase(), DAYS);
  return `"${written}" is not a day. ${near === undefined ? `Days: ${DAYS.join(', ')}.` : `Write ${near}.`}`;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format(0);
    return true;
  } catch {
    return false;
  }
}
