import { hasExternalCodes } from './external-codes.ts';
import type { Rule } from './rule.ts';
import { valueAt } from './written.ts';

/** Codes that somebody else makes have as many digits as they please, so `digits: code` says nothing (G63). */
export const externalDigits: Rule = {
  code: 'CF238',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }) {
    if (!hasExternalCodes(callflow)) return;
    for (const { name, verb } of callflow.blocks.values()) {
      const path = ['blocks', name, 'digits'];
      if (verb !== 'collect' || valueAt(yaml.value, path) !== 'code') continue;
      yield {
        at: yaml.place(path),
        message:
          'The codes are made by the service (`made-by: external`), so `digits: code` does not say how long they are.',
        fix: 'Write how many digits its codes have: `digits: 6`, or `digits: 4-8` with hash at the end.',
      };
    }
  },
};
