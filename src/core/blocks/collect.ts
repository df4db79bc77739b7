import { z } from 'zod';
import { prompt, target, variable } from '../callflow/names.ts';
import { phrase } from '../callflow/phrase.ts';
import { nbestVariables, type Hypothesis } from '../call/input.ts';
import { digitReadings, MOST_READINGS } from '../call/spoken-digits.ts';
import { questionKeys } from '../settings.ts';
import { digitsOfCode } from '../verification/code.ts';
import { settingLimits } from './defaults.ts';
import type { Callflow } from '../callflow/callflow.ts';
import type { Verb } from './verb.ts';

const HOW_MANY = 'How many digits, at most 32: 6, 4-12 (ended by hash), or `code`.';

/** Numbers as words; each at its own place. */
const IN_WORDS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

function notDigits(written: string): string {
  const number = IN_WORDS.indexOf(written.trim().toLowerCase());
  const what = `${phrase(written)} is not a number of digits.`;
  return number > 0
    ? `${what} Write a number: \`digits: ${number}\`.`
    : `${what} Write a number (6), a range (4-12, ended by hash), or \`code\`; at most 32.`;
}

const schema = z.strictObject({
  collect: prompt.describe('The prompt that asks for the digits.'),
  digits: z
    .union([z.int().min(1).max(32).transform(String), z.string()], { error: HOW_MANY })
    .refine((written) => written === 'code' || readRange(written) !== null, {
      error: ({ input }) => notDigits(String(input)),
    })
    .meta({
      // External codes: their length is known only here (G63).
      description:
        'How many digits: 6, or 4-12 (ended by hash), or `code`: as many as the setting code.digits says. ' +
        'Codes that another system makes have a number here.',
      pattern: '^(?:code|\\d{1,2}(?:-\\d{1,2})?)$',
      samples: ['code', 6, '4-12'],
    }),
  'save-as': variable.describe('The variable that the digits are saved in.'),
  next: target,
  secret: z.boolean().default(false).describe('What is entered never leaves with the call. Codes are always secret.'),
  input: z
    .enum(['dtmf', 'dtmf speech', 'speech'])
    .default('dtmf')
    .describe('Keys, keys or words, or words alone. Codes are never said aloud.'),
  star: target.optional().describe('Where the star key leads while digits are entered.'),
  ...questionKeys,
});

/** The Collector of the OTP nodes (L34 to L36). */
const byOutcomes = schema
  .omit({ next: true, star: true })
  .extend({
    paths: z
      .strictObject({
        SUBMIT: target.describe('Digits are entered, or nothing under the settings of the OTP nodes.'),
        RETRY: target.describe('The star key: the caller wants a new code.'),
        ERROR: target.describe('A fault of the installation.'),
      })
      .describe('Where the outcome leads.'),
  })
  .transform(({ paths: { SUBMIT: next, RETRY: star, ERROR: error }, ...rest }) => ({ ...rest, next, star, error }));

export type Collect = z.output<typeof schema> & { readonly error?: string };

/**
 * Collects digits as an nbest list (D10). 0 and 9 are digits here; only star leads elsewhere. A wrong length asks again
 * and uses up no attempt.
 */
export const collect: Verb<Collect> = {
  name: 'collect',
  summary: 'Collects digits into a variable.',
  example: 'account: { collect: account-number, digits: 4-12, save-as: AccountNumber, next: identify }',
  schema,
  outcomes: { schema: byOutcomes, names: { next: 'SUBMIT', star: 'RETRY', error: 'ERROR' } },
  writes: (block) => {
    const reading: Hypothesis = { value: '', confidence: 1, mode: 'dtmf' };
    const most = block.input === 'dtmf' ? 1 : MOST_READINGS;
    return Object.keys(
      nbestVariables(
        block['save-as'],
        Array.from({ length: most }, () => reading),
      ),
    );
  },
  limitPaths: ['silences', 'wrong-keys'],
  prompts: (block) => [block.collect],
  paths: (block, site) => {
    const limits = settingLimits(block, site);
    return {
      next: block.next,
      ...(block.star === undefined ? {} : { star: block.star }),
      ...(block.error === undefined ? {} : { error: block.error }),
      silences: limits.silences.then,
      'wrong-keys': limits.wrongKeys.then,
    };
  },
  kind: {
    does: 'listen',
    limits: settingLimits,
    // Blank is an answer to the Decision (L34, L41).
    submitsBlank: (block, { callflow }) => block.error !== undefined && callflow.settings['otp-nodes'] !== undefined,
    saves: (block) => block['save-as'],
    secrecy: (block) => (block.digits === 'code' ? 'code' : block.secret ? 'secret' : null),
    hearsSpeech: (block) => block.input !== 'dtmf',
    question: (block, scene) => {
      const { least, most } = grammarOf(block, scene.callflow, scene.facts.chosen);
      return {
        prompt: block.collect,
        entry: { digits: least === most ? most : null, isCode: block.digits === 'code' },
        keys: most - scene.facts.partial.length,
        ...(block.input === 'dtmf' ? {} : { speech: block.input === 'speech' ? 'only' : 'also' }),
        wait: block.wait ?? scene.callflow.settings.wait,
      };
    },
    hear: (block, keys, scene) => {
      if (keys.includes('*') && block.star !== undefined) return { path: 'star' };
      const { least, most } = grammarOf(block, scene.callflow, scene.facts.chosen);
      const value = scene.facts.partial + keys;
      const variables = nbestVariables(block['save-as'], [{ value, confidence: 1, mode: 'dtmf' }]);
      const digits = /^\d+$/.test(value);
      if (digits && value.length >= least && value.length <= most) return { path: 'next', variables };
      if (digits && least === most && value.length < least) return { partial: value };
      return { wrong: true, variables };
    },
    hearSpeech: (block, { text, confidence, locale }, scene) => {
      const { least, most } = grammarOf(block, scene.callflow, scene.facts.chosen);
      const fits = ({ length }: string): boolean => length >= least && length <= most;
      const readings = digitReadings(text, locale);
      const [best, ...others] = [...readings.filter(fits), ...readings.filter((each) => !fits(each))];
      const nbest = [best ?? text, ...others].map((value): Hypothesis => ({ value, confidence, mode: 'voice' }));
      const variables = nbestVariables(block['save-as'], nbest);
      const taken = block.input !== 'dtmf' && best !== undefined && fits(best);
      return taken ? { path: 'next', variables } : { wrong: true, variables };
    },
  },
};

/** How many digits the entry has: `code` follows the number of digits of codes of the chosen method (G62). */
export function grammarOf(
  block: Pick<Collect, 'digits'>,
  callflow: Callflow,
  chosen: string | null = null,
): { readonly least: number; readonly most: number } {
  if (block.digits === 'code') {
    const digits = digitsOfCode(callflow.settings.code, chosen);
    return { least: digits, most: digits };
  }
  return readRange(block.digits) ?? { least: 1, most: 32 };
}

function readRange(written: string): { least: number; most: number } | null {
  const match = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(written);
  if (match === null) return null;
  const least = Number(match[1]);
  const most = Number(match[2] ?? match[1]);
  return least >= 1 && least <= most && most <= 32 ? { least, most } : null;
}
