import { spokenOf } from './environment-value.ts';
import { isNumber } from './phone-number.ts';
import type { Rule } from './rule.ts';

/** An exit dials what the platforms can dial: a number with its country, or a SIP address. */
export const dialled: Rule = {
  code: 'CF235',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check({ callflow, yaml }, project) {
    for (const [name, exit] of Object.entries(callflow.exits)) {
      if (exit.does !== 'dial' || isNumber(exit.to) || /^sips?:\S+$/i.test(exit.to)) continue;
      const path = ['exits', name, 'dial'];
      const spoken = spokenOf(yaml, path, project);
      if (spoken === null) continue;
      yield {
        at: yaml.place(path),
        message: `${spoken} is neither a telephone number with its country nor a SIP address.`,
        fix: 'Write a number like +12025550199, without spaces, or an address like sip:desk@example.com.',
      };
    }
  },
};
