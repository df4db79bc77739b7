import { z } from 'zod';
import { locale, name, prompt, target } from '../callflow/names.ts';
import { questionKeys } from '../settings.ts';
import { choices, settingLimits, zeroTarget } from './defaults.ts';
import { KEYS, type Key, type Scene, type Verb } from './verb.ts';

const schema = z.strictObject({
  menu: prompt.describe('The prompt: `ask`, and one text for each target.'),
  keys: z
    .partialRecord(z.enum(KEYS, { error: 'Keys are 0 to 9, star and hash.' }), target)
    .refine((keys) => Object.keys(keys).length > 0, 'A menu needs at least one key.')
    .meta({ description: 'The keys that are offered, each with where it leads.', minProperties: 1 }),
  in: z
    .record(name, locale)
    .default({})
    .describe('Targets whose option is said in another language, for example { spanish: es-ES }.'),
  ...questionKeys,
});

type Menu = z.output<typeof schema>;

/** Asks for one key. Zero leads where `zero-is` says, star repeats the question, unless the menu names them itself. */
export const menu: Verb<Menu> = {
  name: 'menu',
  summary: 'Asks for one key; each key is a path.',
  example: 'more: { menu: more-options, keys: { 1: more-time, 2: send, 3: choose-method } }',
  schema,
  limitPaths: ['silences', 'wrong-keys'],
  prompts: (block) => [block.menu, ...entries(block).map(([, to]) => `${block.menu}.${to}`)],
  languages: (block) =>
    Object.fromEntries(Object.entries(block.in).map(([to, language]) => [`${block.menu}.${to}`, language])),
  options: (block) => entries(block).map(([, to]) => ({ name: to })),
  paths: (block, site) => {
    const zero = zeroTarget(block, site);
    const limits = settingLimits(block, site);
    return {
      ...Object.fromEntries(entries(block)),
      ...(zero === null ? {} : { '0': zero }),
      silences: limits.silences.then,
      'wrong-keys': limits.wrongKeys.then,
    };
  },
  kind: {
    does: 'listen',
    limits: settingLimits,
    question: (block, scene) => ({
      prompt: block.menu,
      options: offered(block, scene).map(([key, to]) => ({
        name: to,
        key,
        ...(block.in[to] === undefined ? {} : { language: block.in[to] }),
      })),
      zero: saysZero(block, scene),
      keys: 1,
      hashIsAKey: block.keys.hash !== undefined,
      wait: block.wait ?? scene.callflow.settings.wait,
    }),
    hear: (block, keys, scene) => {
      const key = keys === '*' ? 'star' : keys === '#' ? 'hash' : keys;
      if (offered(block, scene).some(([offer]) => offer === key)) return { path: key };
      if (key === '0' && zeroTarget(block, scene) !== null) return { path: '0' };
      return key === 'star' && block.keys.star === undefined ? { again: true } : { wrong: true };
    },
  },
};

function entries(block: Menu): readonly (readonly [Key, string])[] {
  return KEYS.flatMap((key) => (block.keys[key] === undefined ? [] : [[key, block.keys[key]] as const]));
}

/** "Another way" is not offered where there is only one. */
function offered(block: Menu, scene: Scene): readonly (readonly [Key, string])[] {
  const few = choices(scene).length < 2;
  return entries(block).filter(([, to]) => !(few && scene.callflow.blocks.get(to)?.verb === 'choose-method'));
}

/** Key 0 is not mentioned where another key leads to the same: the caller has heard that already. */
function saysZero(block: Menu, scene: Scene): boolean {
  const zero = zeroTarget(block, scene);
  return zero !== null && !offered(block, scene).some(([, to]) => to === zero);
}
