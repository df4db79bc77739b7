import { VERBS } from '../../blocks/index.ts';
import { targetsIn } from '../../settings.ts';
import type { Rule } from './rule.ts';

/** Exits that callflows come to although no block names them. */
const TAKEN_ANYWAY: readonly string[] = ['success', 'agent', 'error'];

/** Every exit is led to, and every service is asked. */
export const unused: Rule = {
  code: 'CF215',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check({ callflow, graph, yaml }) {
    const { exits, services, settings } = callflow;
    const targets = new Set([
      ...TAKEN_ANYWAY,
      ...graph.edges.map(({ to }) => to),
      ...targetsIn(settings).map(({ to }) => to),
    ]);
    for (const name of Object.keys(exits)) {
      if (targets.has(name)) continue;
      yield {
        at: yaml.placeOfKey(['exits', name]),
        message: `Nothing leads to the exit "${name}".`,
        fix: 'Name it as a target, or remove it.',
      };
    }
    // The services of external codes are called as the blocks that need them; one setting switches to them.
    const asked = new Set(
      [...callflow.blocks.values()].flatMap(({ verb, body }) => VERBS.get(verb)?.service?.(body) ?? verb),
    );
    for (const name of Object.keys(services)) {
      if (asked.has(name)) continue;
      yield {
        at: yaml.placeOfKey(['services', name]),
        message: `No block asks the service "${name}".`,
        fix: 'Name it in a block, or remove it.',
      };
    }
  },
};
