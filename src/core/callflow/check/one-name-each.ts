import type { Rule } from './rule.ts';

/** Blocks and exits share one name space. */
export const oneNameEach: Rule = {
  code: 'CF202',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }) {
    for (const name of Object.keys(callflow.exits)) {
      if (!callflow.blocks.has(name)) continue;
      yield {
        at: yaml.placeOfKey(['exits', name]),
        message: `"${name}" is the name of a block and of an exit.`,
        fix: 'Rename one of the two: targets are found by name.',
      };
    }
  },
};
