/**
 * The one place that knows the environment: every setting with its default and meaning. `.env.example` and the table in
 * the README are held against it by a test.
 */
import { z } from 'zod';
import { readAs } from '../core/callflow/read-as.ts';
import type { Retention } from '../core/contracts/store.ts';
import { DialproofError } from '../core/errors.ts';
import { MONITORING } from './environment/monitoring.ts';
import {
  address,
  bearers,
  budget,
  budgetByCountry,
  count,
  database,
  duration,
  flag,
  hosts,
  key,
  list,
  networks,
  optional,
  origins,
  port,
  timeout,
  url,
} from './environment/values.ts';

const blank = (value: unknown): unknown => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const setting = <T extends z.ZodType>(schema: T) => z.preprocess(blank, schema);
/** Each setting: its schema, its default as written in the documentation, and what it means. */
export const SETTINGS = {
  PORT: { schema: port(3000), by: '3000', means: 'the port it listens on' },
  HOST: { schema: z.string().default('127.0.0.1'), by: '127.0.0.1', means: 'the address it listens on' },
  PUBLIC_URL: {
    schema: url,
    by: 'http://localhost:PORT',
    means: 'the address that the voice platform uses; signatures and links are made with it alone',
  },
  NODE_ENV: {
    // A misspelled `production` must not open the demo company.
    schema: z.enum(['production', 'development', 'test'], { error: 'is production, development or test' }).optional(),
    by: '',
    means: '`production`: no demo company, and everything that is needed must be set',
  },
  DRAIN_FOR: {
    schema: duration('0s'),
    by: '0s',
    means: 'how long a server that is to stop goes on answering, and says at `/readyz` that it is not ready',
  },
  DATA_DIR: { schema: z.string().default('./data'), by: './data', means: 'where the embedded SQLite store is' },
  DATABASE_URL: {
    schema: database,
    by: '',
    means:
      '`postgres://user:password@host:port/database`: several instances on one PostgreSQL, instead of the embedded store',
  },
  DATABASE_CONNECTIONS: {
    schema: count(10, 100),
    by: '10',
    means: 'most connections of this instance to PostgreSQL at a time',
  },
  SECRET_KEY: {
    schema: key,
    by: 'demo: made in DATA_DIR',
    means: 'encrypts the store and its keys: 32 bytes in base64; while rotating several, comma-separated, newest first',
  },
  CALLFLOWS_DIR: { schema: z.string().default('./callflows'), by: './callflows', means: 'where the callflows are' },
  PROMPTS_DIR: { schema: z.string().default('./prompts'), by: './prompts', means: 'where the prompts are' },
  LOG_LEVEL: {
    schema: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'is fatal, error, warn, info, debug, trace or silent',
      })
      .default('info'),
    by: 'info',
    means: 'how much is logged: fatal, error, warn, info, debug, trace or silent',
  },
  ...MONITORING,
  TWILIO_ACCOUNT_SID: { schema: optional, by: 'demo: made in DATA_DIR', means: 'the account of the voice platform' },
  TWILIO_AUTH_TOKEN: {
    schema: list,
    by: 'demo: made in DATA_DIR',
    means: 'what webhooks are signed with; two, comma-separated, while rotating',
  },
  TWILIO_API_URL: {
    schema: address.default('https://api.twilio.com'),
    by: 'https://api.twilio.com',
    means: 'the REST interface of that account, for text messages and calls through Twilio; https, or on this machine',
  },
  EMAIL_SMTP_HOST: {
    schema: optional,
    by: 'demo: its own',
    means: '`Email.SMTP.Host`: the SMTP server that codes are sent by',
  },
  EMAIL_SMTP_PORT: { schema: port(587), by: '587', means: '`Email.SMTP.Port`' },
  EMAIL_SMTP_USER: { schema: optional, by: '', means: 'the user name there, if it asks for one' },
  EMAIL_SMTP_PASSWORD: { schema: optional, by: '', means: 'and the password that goes with it' },
  EMAIL_SMTP_TLS: {
    schema: z.enum(['starttls', 'tls', 'none'], { error: 'is starttls, tls or none' }).default('starttls'),
    by: 'starttls',
    means: '`starttls` (required, never left out), `tls` or `none`',
  },
  EMAIL_SMTP_TIMEOUT: {
    schema: timeout(10_000),
    by: '10000',
    means: 'how long the SMTP server may take for one message, milliseconds',
  },
  SMS_PROVIDER: {
    schema: z.enum(['gateway', 'twilio'], { error: 'is gateway or twilio' }).default('gateway'),
    by: 'gateway',
    means:
      "how text messages are sent: `gateway`, the customer's own, or `twilio`, with the account of the voice platform",
  },
  SMS_METHOD: {
    schema: z.string().default('POST'),
    by: 'POST',
    means: '`SMS.Method`: the request that the gateway wants',
  },
  SMS_URL: {
    schema: optional,
    by: 'demo: its own',
    means: '`SMS.URL`: the gateway; may hold {{to}}, {{from}}, {{text}} and {{report}}',
  },
  SMS_REQUEST_HEADERS: {
    schema: z.string().default(''),
    by: '',
    means: '`SMS.RequestHeaders`: "Name1:Value1","Name2:Value2"',
  },
  SMS_REQUEST_BODY: {
    schema: z.string().default(''),
    by: '',
    means: '`SMS.RequestBody`: may hold the same slots, escaped as the Content-Type header asks',
  },
  SMS_TIMEOUT: {
    schema: timeout(5000),
    by: '5000',
    means: '`SMS.Timeout`: how long the gateway, or Twilio, may take, milliseconds',
  },
  SMS_PLUS_SYMBOL_BEFORE_RECIPIENT_NUMBER: {
    schema: flag,
    by: 'false',
    means: '`SMS.PlusSymbolBeforeRecipientNumber`: true or false',
  },
  SMS_COUNTRIES: {
    schema: list,
    by: "the sender number's",
    means: 'ISO codes of the countries that codes may be sent to, for example US,CA',
  },
  CONTACT_METHODS_URL: {
    schema: url,
    by: 'demo: its own',
    means: 'the web service that knows the verified contact methods',
  },
  CONTACT_METHODS_TEST_URL: { schema: url, by: 'demo: its own', means: 'the same for test calls' },
  SEND_CODE_URL: {
    schema: url,
    by: 'demo: its own',
    means: 'the web service that makes and sends external codes (`made-by: external`)',
  },
  SEND_CODE_TEST_URL: { schema: url, by: 'demo: its own', means: 'the same for test calls' },
  VERIFY_CODE_URL: { schema: url, by: 'demo: its own', means: 'the web service that checks external codes' },
  VERIFY_CODE_TEST_URL: { schema: url, by: 'demo: its own', means: 'the same for test calls' },
  SERVICE_HOSTS: {
    schema: hosts,
    by: '',
    means: 'hosts that web services and the SMS gateway may be on besides public addresses: host or host:port',
  },
  TEST_NUMBERS: {
    schema: list,
    by: '',
    means: 'dialled numbers whose calls are test calls: they use the test addresses of services',
  },
  AGENT_NUMBER: {
    schema: optional,
    by: 'demo: +12025550199',
    means: 'where the agent exit dials: a number or a SIP address',
  },
  ENHANCED_AUTHENTICATION_KEY: {
    schema: bearers,
    by: 'demo: made in DATA_DIR',
    means:
      'what the platform of web sign-ins sends as `Authorization: Bearer ...`; two, comma-separated, while rotating. Without it, and without a network, there is no web sign-in',
  },
  ENHANCED_AUTHENTICATION_NETWORKS: {
    schema: networks,
    by: '',
    means: 'networks from which it may ask without the key, for example 10.1.0.0/16',
  },
  ENHANCED_AUTHENTICATION_BROWSER: {
    schema: z.string().trim().min(1, 'is a name').default('browser'),
    by: 'browser',
    means: 'the parameter by which it sends what it knows of the browser, as JSON',
  },
  RETURN_ORIGINS: {
    schema: origins,
    by: 'demo: its own',
    means: 'where web sign-ins may lead back to: exact origins, comma-separated, the usual one first',
  },
  WEB_THEME: { schema: optional, by: '', means: 'a stylesheet of your own for the pages of web sign-ins' },
  TRUSTED_PROXIES: {
    schema: networks,
    by: '',
    means:
      'addresses or networks whose X-Forwarded-For is believed: only for the networks of web sign-ins, never for signatures',
  },
  SENDS_PER_HOUR: {
    schema: z.coerce.number({ error: 'is a number' }).int('is a whole number').min(1, 'is at least 1').optional(),
    by: '1000',
    means: 'codes sent in an hour, all together',
  },
  SENDS_PER_DESTINATION: {
    schema: budget,
    by: '5/10m,10/24h',
    means: 'codes sent to one number or address: so many within so long',
  },
  SENDS_PER_PREFIX: {
    schema: budget,
    by: '20/1h',
    means: 'codes sent to numbers that differ in their last four digits only: so many within so long',
  },
  SENDS_PER_COUNTRY: {
    schema: budgetByCountry,
    by: '',
    means:
      'codes sent to the numbers of one country, for example `50/1h,US=500/1h`: so many within so long, and for a country that is named its own',
  },
  SENDS_PER_ACCOUNT: { schema: budget, by: '10/24h', means: 'codes sent for one account: so many within so long' },
  LOOKUPS_PER_CALLER: {
    schema: budget,
    by: '10/1h',
    means:
      'different accounts that one number may ask about, or one call whose number is withheld: so many within so long',
  },
  PROFILE: {
    schema: z.enum(['standard', 'strict'], { error: 'is standard or strict' }).default('standard'),
    by: 'standard',
    means: '`strict` refuses to start with what NIST SP 800-63B-4 forbids, codes by email among it',
  },
  ALLOW_NONCONFORMANT: {
    schema: flag,
    by: 'false',
    means:
      'permits what NIST SP 800-63B-4 advises against, longer lifetimes, fewer digits, higher limits, and budgets above their defaults',
  },
  DEFAULT_LOCALE: {
    schema: z.string().default('en-US'),
    by: 'en-US',
    means: 'the language of a call until the callflow says another',
  },
  RETENTION_DAYS: {
    schema: z.coerce
      .number({ error: 'is a number of days' })
      .int('is a whole number of days')
      .min(1, 'is at least 1')
      .default(90),
    by: '90',
    means: 'how long the audit trail and the names of finished calls are kept, days',
  },
  RETENTION_REPLIES: {
    schema: duration('24h'),
    by: '24h',
    means: 'how long sessions, replies and codes of finished calls are kept, for repeats of their webhooks',
  },
} as const;

type Name = keyof typeof SETTINGS;
export type Environment = { readonly [N in Name]: z.output<(typeof SETTINGS)[N]['schema']> };
export type RawEnvironment = Readonly<Record<string, string | undefined>>;

/** Reads the settings; all that is wrong is reported together. @throws DialproofError `settings-invalid` */
export function readEnvironment(raw: RawEnvironment): Environment {
  const { environment, problems } = checkEnvironment(raw);
  if (problems.length > 0) throw invalid(problems);
  return environment;
}

export interface CheckedEnvironment {
  /** A setting that cannot be used is as if it were not set. */
  readonly environment: Environment;
  /** One sentence each, beginning with the name of the setting. */
  readonly problems: readonly string[];
}

/** Reads what can be read, for whoever looks for other problems besides. */
export function checkEnvironment(raw: RawEnvironment): CheckedEnvironment {
  const schema = z.object(
    Object.fromEntries(Object.entries(SETTINGS).map(([name, { schema: each }]) => [name, setting(each)])),
  );
  const parsed = readAs(schema, raw);
  if (parsed.success) return { environment: parsed.data as Environment, problems: [] };
  const { issues } = parsed.error;
  const bad = new Set(issues.map((issue) => String(issue.path[0])));
  const rest = Object.fromEntries(Object.entries(raw).filter(([name]) => !bad.has(name)));
  return {
    environment: schema.parse(rest) as Environment,
    // A value may be a secret: the name says where to look.
    problems: issues.map((issue) => `${String(issue.path[0])} ${issue.message.replace(/^is /, 'must be ')}`),
  };
}

/** One error for all problems of the environment. */
export function invalid(problems: readonly string[]): DialproofError {
  const listed = problems.map((problem) => `  - ${problem}`).join('\n');
  return new DialproofError('settings-invalid', `The settings cannot be used:\n${listed}`, {
    fix: 'Correct them in the environment or in .env; every setting is explained in .env.example.',
  });
}

export function publicUrlOf(environment: Environment): string {
  return (environment.PUBLIC_URL ?? `http://localhost:${environment.PORT}`).replace(/\/+$/, '');
}

/** How long the store keeps things. */
export function retentionOf({ RETENTION_DAYS, RETENTION_REPLIES }: Environment): Required<Retention> {
  return { auditMs: RETENTION_DAYS * 86_400_000, repliesMs: RETENTION_REPLIES };
}
