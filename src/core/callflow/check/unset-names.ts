import { askedServices } from '../asked-services.ts';
import { mayUse, referencesIn } from '../environment.ts';
import { walkTexts } from '../load.ts';
import type { Found, Rule } from './rule.ts';

/**
 * Every `${NAME}` has a value: without one the text is empty there. A service is asked at its test address in calls to
 * TEST_NUMBERS only.
 */
export const unsetNames: Rule = {
  code: 'CF234',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  check({ callflow, yaml }, project) {
    const found: Found[] = [];
    const asked = askedServices(callflow);
    walkTexts(yaml.value, [], (text, path) => {
      const [section, service, use] = path;
      if (section === 'services' && !asked.has(String(service))) return;
      if (section === 'services' && use === 'test' && !project.isSet('TEST_NUMBERS')) return;
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
