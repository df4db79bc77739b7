import { z } from 'zod';
import { prompt, target } from '../callflow/names.ts';
import { METHODS, TRAITS } from '../method.ts';
import { OTP_TYPE } from '../otp-nodes.ts';
import { MASKED, maskedValues } from '../verification/mask.ts';
import { questionKeys } from '../settings.ts';
import { choices, limitPaths, settingLimits, zeroTarget } from './defaults.ts';
import type { Heard, Key, Scene, Verb } from './verb.ts';

const schema = z.strictObject({
  'choose-method': prompt.describe('The prompt: `ask`, and one text for each method.'),
  next: target,
  ...questionKeys,
});

/** The Selector of the OTP nodes (L8). */
const byOutcomes = schema
  .omit({ next: true })
  .extend({
    paths: z
      .strictObject({
        SUCCESS: target.describe('A method is chosen.'),
        ERROR: target.describe('A fault of the installation.'),
      })
      .describe('Where the outcome leads.'),
  })
  .transform(({ paths, ...rest }) => ({ ...rest, next: paths.SUCCESS, error: paths.ERROR }));

type ChooseMethod = z.output<typeof schema> & { readonly error?: string };

const NO_KEYS = { keys: {} };

/** Lets the caller choose among the verified methods (G6). One method: no question is asked (G7). */
export const chooseMethod: Verb<ChooseMethod> = {
  name: 'choose-method',
  summary: 'Lets the caller choose how to get the code; asks nothing when there is one way.',
  example: 'choose-method: { choose-method: choose-method, next: send }',
  schema,
  outcomes: { schema: byOutcomes, names: { next: 'SUCCESS', error: 'ERROR' } },
  writes: (_block, { callflow }) => (callflow.settings['otp-nodes'] === undefined ? [] : [OTP_TYPE]),
  limitPaths: ['none', 'silences', 'wrong-keys'],
  prompts: (block) => [block['choose-method']],
  options: () => METHODS.map((method) => ({ name: method, tells: MASKED[TRAITS[method].to] })),
  tells: {
    next: ['method', 'known', 'first', 'domain', 'last2', 'destination'],
  },
  paths: (block, site) => {
    const zero = zeroTarget(NO_KEYS, site);
    const limits = settingLimits(block, site);
    return {
      next: block.next,
      ...(block.error === undefined ? {} : { error: block.error }),
      none: limitPaths(site.callflow).noMethod,
      ...(zero === null ? {} : { '0': zero }),
      silences: limits.silences.then,
      'wrong-keys': limits.wrongKeys.then,
    };
  },
  kind: {
    does: 'listen',
    limits: settingLimits,
    shortcut: (_block, scene) => {
      const methods = choices(scene);
      if (methods[0] === undefined) return { path: 'none' };
      return methods.length === 1 ? chosen(methods[0].method, scene) : null;
    },
    question: (block, scene) => ({
      prompt: block['choose-method'],
      options: choices(scene).map((found, index) => ({
        name: found.method,
        key: String(index + 1) as Key,
        values: maskedValues(found),
      })),
      zero: zeroTarget(NO_KEYS, scene) !== null,
      keys: 1,
      wait: block.wait ?? scene.callflow.settings.wait,
    }),
    hear: (_block, keys, scene) => {
      const found = /^[1-9]$/.test(keys) ? choices(scene)[Number(keys) - 1] : undefined;
      if (found !== undefined) return chosen(found.method, scene);
      if (keys === '0' && zeroTarget(NO_KEYS, scene) !== null) return { path: '0' };
      return keys === '*' ? { again: true } : { wrong: true };
    },
  },
};

/** Under the settings of the OTP nodes the choice is a variable as well (L5). */
function chosen(method: string, { callflow }: Scene): Heard {
  const variables =
    callflow.settings['otp-nodes'] === undefined ? {} : { variables: { [OTP_TYPE]: method.toUpperCase() } };
  return { path: 'next', chosen: method, ...variables };
}
