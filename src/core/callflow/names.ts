import { z } from 'zod';
import { phrase } from './phrase.ts';

const A_NAME = 'A name goes here: lower-case letters, digits and hyphens.';
const A_PROMPT =
  'The name of a prompt goes here: its sentences stand under that name in prompts/<locale>/<callflow>.yaml.';
const SENTENCES = 'Sentences stand in prompts/<locale>/<callflow>.yaml, each under a name.';
const A_VARIABLE = 'The name of a variable goes here: letters, digits and underscores.';

const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const VARIABLE = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Names of callflows, blocks, exits and prompts: lower case, digits and single hyphens, as they are spoken about. */
export const name = z
  .string({ error: A_NAME })
  .regex(NAME, { error: ({ input }) => notAName(input) })
  .max(64, 'Names are at most 64 characters long.');

/** The name of a prompt, where designers may well write the sentence itself. */
export const prompt = z
  .string({ error: A_PROMPT })
  .regex(NAME, { error: ({ input }) => notAPrompt(String(input)) })
  .max(64, 'Names are at most 64 characters long.');

/** The name of a block or an exit: where the call goes next. */
export const target = name.describe('Where the call goes next: the name of a block or an exit.');

/** Variables: letters, digits and underscores, as web services and prompts write them. */
export const variable = z
  .string({ error: A_VARIABLE })
  .regex(VARIABLE, { error: ({ input }) => notAVariable(input) })
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

function notAName(written: unknown): string {
  const near = words(String(written)).join('-').toLowerCase();
  const example = NAME.test(near) ? near : 'one like "enter-code"';
  return `${phrase(written)} is not a name: names are lower-case letters, digits and single hyphens, a letter first. Write ${example}.`;
}

function notAPrompt(written: string): string {
  if (!/[\s.,!?]/.test(written)) return notAName(written);
  const near = words(written).slice(0, 4).join('-').toLowerCase();
  const example = NAME.test(near) ? near : 'greeting';
  return `A text stands here, and the name of a prompt is due. ${SENTENCES} Write that name here, for example ${example}.`;
}

function notAVariable(written: unknown): string {
  const near = words(String(written))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
  const example = VARIABLE.test(near) ? near : 'one like AccountNumber';
  return `${phrase(written)} is not the name of a variable: letters, digits and underscores. Write ${example}.`;
}

/** `Enter_code`, `enterCode` and `Código nuevo` as words of plain letters and digits. */
function words(written: string): readonly string[] {
  const plain = written.slice(0, 100).normalize('NFD').replaceAll(/\p{M}/gu, '');
  return plain.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').match(/[A-Za-z0-9]+/g) ?? [];
}
