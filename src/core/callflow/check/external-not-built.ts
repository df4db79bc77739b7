import { hasExternalCodes } from './external-codes.ts';
import type { Rule } from './rule.ts';

/** Codes that somebody else makes and checks are not built yet: such a callflow must not silently make its own. */
export const externalNotBuilt: Rule = {
  code: 'CF241',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check({ callflow, yaml }) {
    if (!hasExternalCodes(callflow)) return;
    yield {
      at: yaml.place(['settings', 'code', 'made-by']),
      message: 'External codes are not built yet.',
      fix: 'Possible today: `made-by: internal`.',
    };
  },
};
