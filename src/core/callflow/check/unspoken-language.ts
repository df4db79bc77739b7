import { VERBS } from '../../blocks/index.ts';
import { suggestion } from '../similar.ts';
import type { Rule } from './rule.ts';

/** A language that a callflow names, by number or for one prompt, is one that it has prompts in. */
export const unspokenLanguage: Rule = {
  code: 'CF227',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml, wordings }) {
    const named = [
      ...Object.entries(callflow.localeByNumber).map(([number, locale]) => ({
        locale,
        path: ['locale-by-number', number],
      })),
      ...[...callflow.blocks.values()].flatMap(({ name, verb, body }) => {
        const { language, inside } = {
          language: VERBS.get(verb)?.languages?.(body) ?? {},
          inside: ['blocks', name, 'in'],
        };
        const variables = (body as { readonly set?: Readonly<Record<string, string>> }).set;
        return [
          ...Object.entries(language).map(([prompt, locale]) => {
            const [, option] = prompt.split('.');
            return { locale, path: option === undefined ? inside : [...inside, option] };
          }),
          ...(variables?.['locale'] === undefined
            ? []
            : [{ locale: variables['locale'], path: ['blocks', name, 'set', 'locale'] }]),
        ];
      }),
    ];
    for (const { locale, path } of named) {
      if (wordings.has(locale)) continue;
      yield {
        at: yaml.place(path),
        message: `"${callflow.name}" has no prompts in ${locale}.${suggestion(locale, wordings.keys())}`,
        fix: `It speaks ${[...wordings.keys()].sort().join(', ')}. Add prompts/${locale}/${callflow.name}.yaml, or name one of these.`,
      };
    }
  },
};
