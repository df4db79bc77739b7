/**
 * The settings of the LexisNexis OTP nodes under their own names (L7, L14 to L16, L20 to L23), translated to ours: the
 * one place that knows both.
 */
import { z } from 'zod';
import { variable } from './callflow/names.ts';
import { readDuration } from './duration.ts';
import type { Method } from './method.ts';

const MINUTE = 60_000;
const EXPIRE = 'Minutes go here, 1 to 60: 3, or 3m.';
const BUTTON = 'Write true or false.';

const send = (how: string) =>
  z.boolean({ error: BUTTON }).default(false).describe(`Selector: whether passcodes by ${how} are offered.`);

/** What belongs to the vendor's hub, which is not built (D17): told as such, rather than as an unknown key. */
const ofTheHub = (name: string) =>
  z
    .union([z.string(), z.number()], { error: `Leave "${name}" out.` })
    .refine(() => false, {
      error: `"${name}" is of the vendor's hub, which Dialproof does not ask: it makes and checks the codes itself. Leave it out.`,
    })
    .optional()
    .describe("Of the vendor's hub, which is not asked: leave it out.");

export const otpNodesSchema = z
  .strictObject({
    'Send Email': send('email'),
    'Send SMS': send('text message'),
    'Send Voice': send('telephone'),
    'OTP Length': z
      .int({ error: 'A whole number goes here, 6 to 10.' })
      .min(6, 'At least 6.')
      .max(10, 'At most 10.')
      .optional()
      .meta({ description: 'Sender: length of the passcode, in place of `code.digits`.', usually: '6' }),
    'OTP Expire': z
      .union([z.string(), z.number()], { error: EXPIRE })
      .transform((written, context) => {
        const text = String(written).trim();
        const ms = /^\d+$/.test(text) ? Number(text) * MINUTE : readDuration(text);
        if (ms !== null && ms >= MINUTE && ms <= 60 * MINUTE) return ms;
        context.addIssue({ code: 'custom', message: `"${text}" is no such time. ${EXPIRE}` });
        return z.NEVER;
      })
      .optional()
      .meta({
        description:
          'Sender: minutes that the passcode works, 1 to 60, in place of `code.lasts`. Over 10 only with ALLOW_NONCONFORMANT.',
        usually: '5',
      }),
    'Email Title': z.string().max(200).optional().describe('Sender: the subject of emails.'),
    'Attribute Source': z
      .enum(['User Directory', 'Shared State'])
      .default('User Directory')
      .meta({
        description: 'Sender: where addresses and numbers come from.',
        enumDescriptions: ['the service contact-methods', 'the variables named here; no service is asked'],
      }),
    'Email Attribute': variable.optional().describe('Sender: the variable with the email address.'),
    'SMS Attribute': variable.optional().describe('Sender: the variable with the number for text messages.'),
    'Voice Attribute': variable.optional().describe('Sender: the variable with the number for calls.'),
    'Org ID': ofTheHub('Org ID'),
    'API Key': ofTheHub('API Key'),
    'Base URL': ofTheHub('Base URL'),
    Policy: ofTheHub('Policy'),
  })
  .refine((nodes) => offered(nodes).length > 0, {
    error: 'Nothing is offered. Write `Send Email: true`, `Send SMS: true` or `Send Voice: true`.',
  });

export type OtpNodes = z.output<typeof otpNodesSchema>;

/** Which of our settings each of theirs takes the place of, by its path under `settings`. */
export const IN_PLACE_OF: Readonly<Record<string, readonly string[]>> = {
  'Send Email': ['methods'],
  'Send SMS': ['methods'],
  'Send Voice': ['methods'],
  'OTP Length': ['code', 'digits'],
  'OTP Expire': ['code', 'lasts'],
  'Email Title': ['messages', 'email', 'subject'],
  'Email Attribute': ['customer-email-variable'],
  'SMS Attribute': ['customer-phone-variable'],
};

/** The variable that the Selector sets to `EMAIL`, `SMS` or `VOICE` (L5). */
export const OTP_TYPE = 'otp_type_select';

interface Translated {
  readonly 'otp-nodes'?: OtpNodes | undefined;
  readonly methods: Method[];
  readonly code: { readonly digits: number; readonly lasts: number | null };
  readonly messages: { readonly email?: { readonly subject?: string | undefined } | undefined };
  readonly 'customer-email-variable': string;
  readonly 'customer-phone-variable': string;
}

/** The settings with what the nodes say in them; without `otp-nodes`, just as they are. */
export function withOtpNodes<S extends Translated>(settings: S): S {
  const nodes = settings['otp-nodes'];
  if (nodes === undefined) return settings;
  const { code, messages } = settings;
  const subject = nodes['Email Title'] ?? messages.email?.subject;
  return {
    ...settings,
    methods: offered(nodes),
    code: { ...code, digits: nodes['OTP Length'] ?? code.digits, lasts: nodes['OTP Expire'] ?? code.lasts },
    messages: messages.email === undefined ? messages : { ...messages, email: { ...messages.email, subject } },
    'customer-email-variable': nodes['Email Attribute'] ?? settings['customer-email-variable'],
    'customer-phone-variable': nodes['SMS Attribute'] ?? settings['customer-phone-variable'],
  };
}

type Buttons = Readonly<Record<'Send Email' | 'Send SMS' | 'Send Voice', boolean>>;

function offered(nodes: Buttons): Method[] {
  const methods: Method[] = [];
  if (nodes['Send Email']) methods.push('email');
  if (nodes['Send SMS']) methods.push('sms');
  if (nodes['Send Voice']) methods.push('voice');
  return methods;
}
