import { suggestion } from '../similar.ts';
import { linksOf } from './links.ts';
import { isOfWeb } from './of-web.ts';
import type { Rule } from './rule.ts';

/** A link leads to a callflow that exists. */
export const linkedCallflow: Rule = {
  code: 'CF205',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }, project) {
    const known = [...project.callflows.values()].filter((each) => isOfWeb(each.callflow) === isOfWeb(callflow));
    const names = known.map((each) => each.callflow.name).toSorted();
    for (const { at, wanted, linked } of linksOf(callflow, project)) {
      if (linked !== undefined || project.mayBeUnread(wanted)) continue;
      yield {
        at: yaml.place([...at, 'link']),
        message: `There is no callflow named "${wanted}".${suggestion(wanted, names)}`,
        fix: `Known: ${names.join(', ')}.`,
      };
    }
  },
};
