import type { Edge } from '../graph.ts';
import { followsAnother, provedBy, walkUnproved, writes, type Way } from './proof.ts';
import type { Rule } from './rule.ts';
import { whereLed } from './written.ts';

const SUCCESS = 'success';

/**
 * Every way to `success` leads over a right code for the account of the callflow: over the `right` of a verify-code, or
 * the `success` of a linked callflow for the same account, of which the same is proved. Writing the account anew makes
 * it unproved. (A verified caller who is let through by `skip` never enters the callflow.)
 */
export const successProof: Rule = {
  code: 'CF220',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    const { callflow, graph, yaml } = file;
    const account = callflow.account ?? 'the account';
    const proving = graph.edges.filter(
      (edge) => callflow.account !== null && provedBy(edge, file, project) === callflow.account,
    );
    const { unproved, proved } = walkUnproved(graph, {
      proves: (edge) => proving.includes(edge),
      forgets: (edge) => writes(callflow.account, edge, file),
    });
    const told = new Set<string>();
    for (const way of unproved.get(SUCCESS) ?? []) {
      const edge = culprit(way, proved);
      if (edge === undefined || followsAnother(way.at(-1), proving, file)) continue;
      const path = whereLed(yaml, edge);
      if (told.has(path.join('\u0000'))) continue;
      told.add(path.join('\u0000'));
      const names = [way[0]?.from, ...way.map((each) => each.to)].join(' > ');
      yield {
        at: yaml.place(path),
        message: `The call can come to "success" without a right code for ${account}: ${names}.`,
        fix: `Only the "right" of a verify-code, or the "success" of a link that hands over ${account}, may lead there. Lead "${edge.path}" of "${edge.from}" somewhere else.`,
      };
    }
  },
};

/**
 * The arrow to mend: where the account was written anew, or by which an unproved call first gets among the blocks that
 * proved calls come to, else the last one.
 */
function culprit(way: Way, proved: ReadonlySet<string>): Edge | undefined {
  const joins = way.find(({ to }) => to !== SUCCESS && proved.has(to));
  const [first] = way;
  return joins ?? (first !== undefined && proved.has(first.from) ? first : way.at(-1));
}
