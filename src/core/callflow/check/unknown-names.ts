import { VERBS } from '../../blocks/index.ts';
import { suggestion } from '../similar.ts';
import { targetsIn } from '../../settings.ts';
import type { Found, Rule } from './rule.ts';
import { whereWritten } from './written.ts';

/** Every name that a callflow refers to exists: its start, the targets of blocks and settings, services. */
export const unknownNames: Rule = {
  code: 'CF201',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, graph, yaml }) {
    const unknown = (
      what: string,
      written: string,
      at: { readonly known: Iterable<string>; readonly path: readonly PropertyKey[] },
    ): Found => {
      const known = [...at.known].sort();
      return {
        at: yaml.place(at.path),
        message: `There is no ${what} named "${written}".${suggestion(written, known)}`,
        fix: known.length === 0 ? 'There is none yet: add it.' : `Known: ${known.join(', ')}.`,
      };
    };
    const targets = graph.nodes;
    if (!callflow.blocks.has(callflow.start))
      yield unknown('block', callflow.start, { known: callflow.blocks.keys(), path: ['start'] });
    for (const { name, verb, body } of callflow.blocks.values()) {
      const at = ['blocks', name];
      for (const edge of graph.edges) {
        if (edge.from !== name || targets.has(edge.to)) continue;
        const path = whereWritten(yaml, edge.to, { at, but: verb });
        yield unknown('block or exit', edge.to, { known: targets.keys(), path });
      }
      const service = VERBS.get(verb)?.service?.(body);
      if (service !== undefined && !Object.hasOwn(callflow.services, service))
        yield unknown('service', service, { known: Object.keys(callflow.services), path: [...at, verb] });
    }
    for (const { path, to } of targetsIn(callflow.settings))
      if (!targets.has(to)) yield unknown('block or exit', to, { known: targets.keys(), path: ['settings', ...path] });
  },
};
