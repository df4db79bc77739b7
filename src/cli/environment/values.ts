/** What the values of settings may be, by what they are; a message begins with `is`, as it goes on after a setting's name. */
import { z } from 'zod';
import { spelledHost } from '../../adapters/outbound/listed-host.ts';
import { readDuration } from '../../core/duration.ts';
import { LEAST_PREFIX, networkOf } from '../../core/sign-in/network.ts';

function partsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

export const list = z.string().default('').transform(partsOf);
export const hosts = list.refine(
  (entries) => entries.every((entry) => spelledHost(entry) !== null),
  'is host or host:port, several separated by commas, for example intranet.example,10.0.0.5:8080',
);
/** Single addresses as well: a network of one. */
export const networks = list.refine(
  (entries) => entries.every((entry) => (networkOf(entry)?.prefix ?? 0) >= LEAST_PREFIX),
  `is addresses or networks of at least /${LEAST_PREFIX}, several separated by commas, for example 10.1.0.0/16,192.0.2.7`,
);
/** What a header can hold, and nobody guesses: 128 bits in base64 at least. */
export const bearers = list.refine(
  (entries) => entries.every((entry) => /^[\x21-\x7e]{22,512}$/.test(entry)),
  'is a random text of at least 22 characters without spaces; make one with `openssl rand -base64 32`',
);
export const origins = list.refine(
  (entries) => entries.every((entry) => URL.canParse(entry) && new URL(entry).origin === entry),
  'is origins without a path, several separated by commas, for example https://app.example.com',
);
export const optional = z.string().trim().optional();
export const flag = z
  .enum(['true', 'false'], { error: 'is true or false' })
  .default('false')
  .transform((text) => text === 'true');
export const port = (by: number) =>
  z.coerce
    .number({ error: 'is a port number' })
    .int('is a port number')
    .min(0, 'is 0 to 65535')
    .max(65_535, 'is 0 to 65535')
    .default(by);
export const timeout = (by: number) =>
  z.coerce
    .number({ error: 'is a number of milliseconds' })
    .int('is a whole number of milliseconds')
    .min(100, 'is at least 100')
    .max(20_000, 'is at most 20000')
    .default(by);
export const address = z.url({ protocol: /^https?$/, error: 'is an http or https address' });
export const url = address.optional();
/** Its error never repeats it: it holds a password. */
export const database = z
  .url({
    protocol: /^postgres(?:ql)?$/,
    error:
      'is postgres://user:password@host:port/database, where @ : / # % in the password are written %40 %3A %2F %23 %25',
  })
  .optional();
export const count = (by: number, most: number) =>
  z.coerce
    .number({ error: 'is a number' })
    .int('is a whole number')
    .min(1, 'is at least 1')
    .max(most, `is at most ${most}`)
    .default(by);
export const key = z
  .string()
  .optional()
  .transform((text) => partsOf(text ?? '').map((each): Uint8Array => Buffer.from(each, 'base64')))
  .refine((keys) => keys.every((bytes) => bytes.length === 32), {
    error: 'is 32 bytes in base64, or several, comma-separated, newest first',
    abort: true,
  })
  .refine(
    (keys) => keys.every((bytes) => bytes.some((byte) => byte !== bytes[0])),
    'is random, and is one byte 32 times; make one with: openssl rand -base64 32',
  );

/** A length of time, `24h`; milliseconds. */
export const duration = (by: string) =>
  z
    .string()
    .default(by)
    .transform((text, context) => {
      const ms = readDuration(text);
      if (ms !== null) return ms;
      context.addIssue({ code: 'custom', message: 'is a length of time like 5s, 30m or 24h' });
      return z.NEVER;
    });

/** One part of a budget, `5/10m`; undefined where it is none. */
function limitIn(part: string): { readonly most: number; readonly within: number } | undefined {
  const [most = '', within = '', ...more] = part.split('/');
  const ms = readDuration(within);
  if (!/^\d{1,9}$/.test(most) || ms === null || ms === 0 || more.length > 0) return undefined;
  return { most: Number(most), within: ms };
}

/** `5/10m,10/24h`: so many within so long. */
export const budget = z
  .string()
  .optional()
  .transform((text, context) =>
    text?.split(',').map((part) => {
      const limit = limitIn(part.trim());
      if (limit !== undefined) return limit;
      const message = `is like 5/10m,10/24h: so many within so long; "${part.trim()}" is not`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
  );

/** `50/1h,US=500/1h`: a budget of each country, and others of some; null: of each that is not named. */
export const budgetByCountry = z
  .string()
  .optional()
  .transform((text, context) =>
    partsOf(text ?? '').map((part) => {
      const [, country = null, written = ''] = /^(?:([A-Z]{2})=)?(.*)$/i.exec(part) ?? [];
      const limit = limitIn(written);
      if (limit !== undefined) return { ...limit, country: country?.toUpperCase() ?? null };
      const message = `is like 50/1h,US=500/1h: so many within so long for each country, and for some another; "${part}" is not`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    }),
  );
