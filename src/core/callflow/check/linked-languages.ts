import { linksOf } from './links.ts';
import type { Rule } from './rule.ts';

/** A callflow speaks the languages of those that link to it: nobody hears another one in the middle of a call. */
export const linkedLanguages: Rule = {
  code: 'CF324',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check({ callflow, yaml, wordings }, project) {
    for (const { at, wanted, linked } of linksOf(callflow, project)) {
      if (linked === undefined) continue;
      for (const locale of wordings.keys()) {
        if (linked.wordings.has(locale)) continue;
        yield {
          at: yaml.place([...at, 'link']),
          message: `"${wanted}" does not speak ${locale}, as this callflow does: callers would hear ${project.defaultLocale} there.`,
          fix: `Add prompts/${locale}/${wanted}.yaml.`,
        };
      }
    }
  },
};
