import type { Rule } from './rule.ts';

/** A limit leaves at least one. */
export const emptyLimits: Rule = {
  code: 'CF216',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check({ callflow: { blocks, settings }, yaml }) {
    const verbs = new Set([...blocks.values()].map((block) => block.verb));
    const limits = [
      { name: 'sends', verb: 'send-code', consequence: 'no code is ever sent' },
      { name: 'attempts-per-code', verb: 'verify-code', consequence: 'no code is ever right' },
    ] as const;
    for (const { name, verb, consequence } of limits) {
      if (settings.limits[name].most > 0 || !verbs.has(verb)) continue;
      yield {
        at: yaml.place(['settings', 'limits', name, 'most']),
        message: `The limit "${name}" allows nothing: ${consequence}.`,
        fix: 'Write at least 1; the default is 3.',
      };
    }
  },
};
