import type { Callflow } from '../callflow.ts';
import { suggestion } from '../similar.ts';
import { sets } from './known-variables.ts';
import { linksOf } from './links.ts';
import { listed } from './listed.ts';
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
          fix: fixOf(variable, callflow, { wanted, inputs }),
        };
      }
    }
  },
};

function fixOf(
  variable: string,
  callflow: Callflow,
  { wanted, inputs }: { readonly wanted: string; readonly inputs: readonly string[] },
): string {
  if (inputs.length === 0)
    return `It takes none: leave it out here, or write \`inputs: [${variable}]\` in "${wanted}".`;
  const one = inputs.length === 1 ? inputs[0] : 'one of these';
  const instead = sets(callflow, variable) ? `save it as ${one}, and hand that over` : `hand over ${one}`;
  return `It takes ${listed([...inputs].sort())}: ${instead}.`;
}
