import { mayUse, referencesIn } from '../environment.ts';
import { walkTexts } from '../load.ts';
import type { Found, Rule } from './rule.ts';

/** Every `${NAME}` has a value: without one the text is empty there. */
export const unsetNames: Rule = {
  code: 'CF234',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  check({ yaml }, project) {
    const found: Found[] = [];
    walkTexts(yaml.value, [], (text, path) => {
      for (const name of referencesIn(text)) {
        if (!mayUse(name) || project.isSet(name)) continue;
        found.push({
          at: yaml.place(path),
          message: `${name} is not set: "\${${name}}" is empty.`,
          fix: `Set ${name} in the environment or in .env.`,
        });
      }
    });
    return found;
  },
};
