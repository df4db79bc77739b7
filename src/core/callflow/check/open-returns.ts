import { similar } from '../similar.ts';
import { exitsOf, linksOf } from './links.ts';
import type { Rule } from './rule.ts';

/** An exit that only returns does nothing of its own: a link must say where it leads (D14). */
export const openReturns: Rule = {
  code: 'CF207',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }, project) {
    for (const { at, wanted, linked, paths } of linksOf(callflow, project)) {
      if (linked === undefined) continue;
      const exits = exitsOf(linked);
      const mistyped = Object.keys(paths).filter((path) => !exits.has(path));
      for (const [name, exit] of Object.entries(linked.callflow.exits)) {
        if (exit.does !== 'return' || Object.hasOwn(paths, name)) continue;
        // Of the mistyped path its own finding speaks.
        if (mistyped.some((path) => similar(path, exits) === name)) continue;
        yield {
          at: yaml.place([...at, 'link']),
          message: `"${wanted}" can come back by its exit "${name}", and this link does not say where that leads.`,
          fix: `Add it to the paths: ${name}: <block or exit>.`,
        };
      }
    }
  },
};
