import { isSecret } from '../secrets.ts';
import type { Rule } from './rule.ts';
import { secretsAround } from './secrets-around.ts';

/** No exit hands over what callers enter as a code or a secret, here or in a callflow that the call comes through. */
export const handedSecrets: Rule = {
  code: 'CF210',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check({ callflow, yaml }, project) {
    const secrets = secretsAround(callflow, project);
    for (const [name, exit] of Object.entries(callflow.exits)) {
      for (const [index, variable] of ('send' in exit ? exit.send : []).entries()) {
        if (!isSecret(variable, secrets)) continue;
        yield {
          at: yaml.place(['exits', name, 'send', index]),
          message: `"${variable}" is what a caller enters as a code or a secret, and the exit "${name}" hands it to another application.`,
          fix: 'Take it out of `send`: the other application learns by `path` and `verified` how it went.',
        };
      }
    }
  },
};
