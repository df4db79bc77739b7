import { z } from 'zod';

/** Names of callflows, blocks, exits and prompts: lower case, digits and single hyphens, as they are spoken about. */
export const name = z
  .string({ error: 'A name goes here: lower-case letters, digits and hyphens.' })
  .regex(
    /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/,
    'Names are lower-case letters, digits and single hyphens, for example "enter-code".',
  )
  .max(64, 'Names are at most 64 characters long.');

/** The name of a block or an exit: where the call goes next. */
export const target = name.describe('Where the call goes next: the name of a block or an exit.');

/** Variables: letters, digits and underscores, as web services and prompts write them. */
export const variable = z
  .string({ error: 'The name of a variable goes here.' })
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'Variables are letters, digits and underscores, for example AccountNumber.')
  .refine((written) => !(written in {}), 'This name means something to JavaScript itself; choose another.');

/** A language as prompts and platforms name it (BCP 47). */
export const locale = z
  .string({ error: 'A language goes here, for example en-US.' })
  .regex(
    /^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?$/,
    'A locale is a language with an optional region, for example en-US.',
  );

/** A text that may have been written like a number. */
export const text = z.union([z.string(), z.number(), z.boolean()], { error: 'A text goes here.' }).transform(String);

/** Callflow names that the voice routes use themselves. */
export const RESERVED_CALLFLOWS: readonly string[] = ['status', 'fallback', 'delivery', 'turn'];
