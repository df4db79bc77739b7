import { NODE, walk, type WordingNode } from '../../call/wording-tree.ts';
import { similar } from '../similar.ts';
import type { Found, Rule } from './rule.ts';
import { wordedIn, type Worded } from './worded.ts';

/** Forms that no number from 1 up to here needs are not asked for: in Spanish `many` begins with a million. */
const MOST = 110;

/** A plural has the forms that its language has, and no others: "1 tries" is heard at once. */
export const pluralForms: Rule = {
  code: 'CF327',
  severity: 'warning',
  stage: 'advice',
  of: 'prompts',
  *check(file) {
    for (const text of wordedIn(file)) {
      const plurals: WordingNode[] = [];
      walk(text.wording.tree, (node) => {
        if (node.type === NODE.plural) plurals.push(node);
      });
      for (const plural of plurals) yield* wrongForms(plural, text);
    }
  },
};

function* wrongForms(plural: WordingNode, text: Worded): Iterable<Found> {
  const { yaml, wordings } = text.file;
  const { value = '', options = {}, pluralType = 'cardinal', offset = 0 } = plural;
  const rules = new Intl.PluralRules(wordings.locale, { type: pluralType });
  const forms: readonly string[] = rules.resolvedOptions().pluralCategories;
  const written = Object.keys(options);
  const unknown = written.filter((form) => !form.startsWith('=') && !forms.includes(form));
  const missing = new Map<string, number>();
  for (let number = MOST; number > 0; number--) {
    const form = rules.select(number - offset);
    if (!written.includes(`=${number}`) && !written.includes(form)) missing.set(form, number);
  }
  const only = unknown.length === 1 && missing.size === 1 ? [...missing.keys()][0] : undefined;
  for (const form of unknown) {
    const meant = similar(form, forms) ?? only;
    missing.delete(meant ?? '');
    const at = text.written.lastIndexOf(form, options[form]?.location.start.offset ?? 0);
    yield {
      at: yaml.placeIn(text.path, at, at + form.length),
      message: `"${form}" is no plural form of ${wordings.locale}.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
      fix: `Its forms: ${forms.join(', ')}. What is for one number only is written =1.`,
    };
  }
  for (const [form, number] of missing) {
    yield {
      at: yaml.placeIn(text.path, plural.location.start.offset, plural.location.end.offset),
      message: `The plural of {${value}} has no "${form}", which ${wordings.locale} needs for ${number}.`,
      fix: `Write it as well: {${value}, plural, ${[form, ...written].map((each) => `${each} {...}`).join(' ')}}.`,
    };
  }
}
