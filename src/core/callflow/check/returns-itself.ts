import type { Rule } from './rule.ts';

/** An exit that returns has the name that the link sees: `success` can only be the exit that is proved. */
export const returnsItself: Rule = {
  code: 'CF203',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }) {
    for (const [name, exit] of Object.entries(callflow.exits)) {
      if (exit.does !== 'return' || exit.returns === name) continue;
      yield {
        at: yaml.place(['exits', name, 'returns']),
        message: `The exit "${name}" returns "${exit.returns}"; an exit returns its own name.`,
        fix: `Write \`returns: ${name}\`.`,
      };
    }
  },
};
