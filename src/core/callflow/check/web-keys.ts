import { VERBS } from '../../blocks/index.ts';
import { isOfWeb } from './of-web.ts';
import type { Rule } from './rule.ts';

/** A page hears nothing, and has no key 0. */
export const webKeys: Rule = {
  code: 'CF246',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }) {
    if (!isOfWeb(callflow)) return;
    for (const { name, verb, body } of callflow.blocks.values()) {
      const kind = VERBS.get(verb)?.kind;
      if (kind?.does !== 'listen' || kind.hearsSpeech?.(body) !== true) continue;
      yield {
        at: yaml.place(['blocks', name, 'input']),
        message: `"${name}" listens for words, and a page hears nothing.`,
        fix: 'Take `input` out.',
      };
    }
    if (callflow.settings['zero-is'] !== undefined)
      yield {
        at: yaml.place(['settings', 'zero-is']),
        message: 'A page has no key 0, and its menus show a button for each of their own keys only.',
        fix: 'Take `zero-is` out, and give the menus a key that leads there.',
      };
  },
};
