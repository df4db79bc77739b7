import { isWebAddress } from '../../web-address.ts';
import { spokenOf } from './environment-value.ts';
import type { Rule } from './rule.ts';

/** A service is asked at an http or https address. */
export const serviceAddress: Rule = {
  code: 'CF239',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check({ callflow, yaml }, project) {
    for (const [name, service] of Object.entries(callflow.services)) {
      for (const use of ['production', 'test'] as const) {
        const path = ['services', name, use];
        const spoken = spokenOf(yaml, path, project);
        if (spoken === null || isWebAddress(service[use] ?? '')) continue;
        yield {
          at: yaml.place(path),
          message: `${spoken} is no address that a service can be asked at.`,
          fix: 'Write the whole address, https:// or http:// included and without a user name, or the name of a setting: "${CALLFLOW_SERVICE_URL}".',
        };
      }
    }
  },
};
