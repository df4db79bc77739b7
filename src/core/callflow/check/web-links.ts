import { linksOf } from './links.ts';
import { isOfWeb } from './of-web.ts';
import type { Rule } from './rule.ts';

/** Pages are linked to pages: what is said to callers, and where calls are put through, means nothing on the web. */
export const webLinks: Rule = {
  code: 'CF244',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }, project) {
    for (const { at, wanted, linked } of linksOf(callflow, project)) {
      if (linked === undefined || isOfWeb(linked.callflow) === isOfWeb(callflow)) continue;
      const [other, here] = isOfWeb(callflow) ? ['the telephone', 'the web'] : ['the web', 'the telephone'];
      yield {
        at: yaml.place([...at, 'link']),
        message: `"${wanted}" is for ${other}, and "${callflow.name}" for ${here}: its section \`sign-in\` makes a callflow one for the web.`,
        fix: `Write the blocks of "${wanted}" that you need here, as callflows/web-sign-in.yaml has them for pages.`,
      };
    }
  },
};
