import { isExternal } from '../../blocks/code-service.ts';
import type { Rule } from './rule.ts';
import { valueAt } from './written.ts';

/** How many digits codes of somebody else have must be written by hand: `digits: code` alone does not say it (G63). */
export const externalDigits: Rule = {
  code: 'CF238',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }) {
    if (!isExternal(callflow) || valueAt(yaml.value, ['settings', 'code', 'digits']) !== undefined) return;
    for (const { name, verb } of callflow.blocks.values()) {
      const path = ['blocks', name, 'digits'];
      if (verb !== 'collect' || valueAt(yaml.value, path) !== 'code') continue;
      yield {
        at: yaml.place(path),
        message:
          'The codes are made by the service (`made-by: external`), so `digits: code` does not say how long they are.',
        fix: 'Write how many digits its codes have, under `settings: code:` or here: `digits: 6`, or `digits: 4-8` with hash at the end.',
      };
    }
  },
};
