import { suggestion } from '../similar.ts';
import { linksOf } from './links.ts';
import type { Rule } from './rule.ts';

/** A link hands over what the other callflow takes. */
export const linkedInputs: Rule = {
  code: 'CF225',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }, project) {
    for (const { at, wanted, linked, hands } of linksOf(callflow, project)) {
      if (linked === undefined) continue;
      const { inputs } = linked.callflow;
      for (const [index, variable] of hands.entries()) {
        if (inputs.includes(variable)) continue;
        yield {
          at: yaml.place([...at, 'with', index]),
          message: `"${wanted}" takes no variable named "${variable}".${suggestion(variable, inputs)}`,
          fix:
            inputs.length === 0
              ? `It takes none: leave it out here, or write \`inputs: [${variable}]\` in "${wanted}".`
              : `It takes: ${[...inputs].sort().join(', ')}. To hand over more, name it under \`inputs\` in "${wanted}".`,
        };
      }
    }
  },
};
