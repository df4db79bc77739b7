import { IN_PLACE_OF } from '../../otp-nodes.ts';
import type { Rule } from './rule.ts';
import { valueAt } from './written.ts';

/** What the settings of the OTP nodes say is not said a second time. */
export const otpSettings: Rule = {
  code: 'CF242',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml }) {
    // What a built-in callflow says is meant to be said otherwise.
    if (callflow.uses !== null) return;
    for (const [name, path] of Object.entries(IN_PLACE_OF)) {
      if (valueAt(yaml.value, ['settings', 'otp-nodes', name]) === undefined) continue;
      if (valueAt(yaml.value, ['settings', ...path]) === undefined) continue;
      yield {
        at: yaml.placeOfKey(['settings', ...path]),
        message: `\`${path.join('.')}\` and "${name}" of \`otp-nodes\` say the same thing twice.`,
        fix: 'Keep one of the two.',
      };
    }
  },
};
