import { linksOf } from './links.ts';
import { isOfWeb } from './of-web.ts';
import type { Rule } from './rule.ts';

/** A platform names no callflow: all who sign in on the web meet the first by name, and those that it links to. */
export const oneWebSignIn: Rule = {
  code: 'CF247',
  severity: 'warning',
  stage: 'advice',
  of: 'project',
  *check(project) {
    const ofWeb = [...project.callflows.values()].filter(({ callflow }) => isOfWeb(callflow));
    const linked = new Set(ofWeb.flatMap(({ callflow }) => linksOf(callflow, project).map(({ wanted }) => wanted)));
    const [first, ...others] = ofWeb.filter(({ callflow }) => !linked.has(callflow.name));
    for (const { callflow, yaml } of others) {
      yield {
        at: yaml.placeOfKey(['sign-in']),
        message: `"${callflow.name}" is never used: who signs in on the web meets "${first?.callflow.name}", the first by name that no other one links to.`,
        fix: `Link to it from "${first?.callflow.name}", or move its file out of callflows/.`,
      };
    }
  },
};
