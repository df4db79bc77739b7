import { VERBS } from '../../blocks/index.ts';
import type { Callflow } from '../callflow.ts';
import { suggestion } from '../similar.ts';
import type { Rule } from './rule.ts';

/**
 * A language that a callflow names is spoken: that of one prompt, or of a dialled number, by the callflow itself; the one
 * that `set` changes to by somebody, for it may be meant for a linked callflow.
 */
export const unspokenLanguage: Rule = {
  code: 'CF227',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml, wordings }, { standard }) {
    for (const { locale, path, isSet } of languagesIn(callflow)) {
      const spoken = [...(isSet ? standard : wordings).keys()].sort();
      if (spoken.includes(locale)) continue;
      yield {
        at: yaml.place(path),
        message: `${isSet ? 'There are' : `"${callflow.name}" has`} no prompts in ${locale}.${suggestion(locale, spoken)}`,
        fix: `There are some in ${spoken.join(', ')}. Name one of these, or add prompts/${locale}/${callflow.name}.yaml.`,
      };
    }
  },
};

interface Named {
  readonly locale: string;
  readonly path: readonly PropertyKey[];
  readonly isSet: boolean;
}

function languagesIn({ localeByNumber, blocks }: Callflow): readonly Named[] {
  const byNumber = Object.entries(localeByNumber).map(([number, locale]) => ({
    locale,
    path: ['locale-by-number', number],
    isSet: false,
  }));
  const byBlock = [...blocks.values()].flatMap(({ name, verb, body }): Named[] => {
    const kind = VERBS.get(verb)?.kind;
    const set = kind?.does === 'set' ? kind.variables(body)['locale'] : undefined;
    const said = Object.entries(VERBS.get(verb)?.languages?.(body) ?? {}).map(([prompt, locale]) => {
      const [, option] = prompt.split('.');
      return { locale, path: ['blocks', name, 'in', ...(option === undefined ? [] : [option])], isSet: false };
    });
    return [
      ...said,
      ...(set === undefined ? [] : [{ locale: set, path: ['blocks', name, 'set', 'locale'], isSet: true }]),
    ];
  });
  return [...byNumber, ...byBlock];
}
