import { suggestion } from '../similar.ts';
import { exitsOf, linksOf } from './links.ts';
import type { Rule } from './rule.ts';

/** A link wires exits that the other callflow has (G55). */
export const linkedExits: Rule = {
  code: 'CF206',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }, project) {
    for (const { at, wanted, linked, paths } of linksOf(callflow, project)) {
      if (linked === undefined) continue;
      const exits = exitsOf(linked);
      for (const exit of Object.keys(paths)) {
        if (exits.has(exit)) continue;
        yield {
          at: yaml.placeOfKey([...at, 'paths', exit]),
          message: `"${wanted}" has no exit named "${exit}".${suggestion(exit, exits)}`,
          fix: `Its exits: ${[...exits].sort().join(', ')}.`,
        };
      }
    }
  },
};
