import { STANDARD } from '../prompt-shelf.ts';
import type { Rule } from './rule.ts';

/** What menus are put together with is written in every language: the built-in sentences are English. */
export const englishMenus: Rule = {
  code: 'CF326',
  severity: 'error',
  stage: 'names',
  of: 'prompts',
  *check({ source, text, yaml }) {
    if (source.callflow !== STANDARD || /^en(?:-|$)/.test(text.locale)) return;
    const missing = (['menu-item', 'zero-item', 'key-names'] as const).filter((key) => text[key] === undefined);
    if (missing.length === 0) return;
    yield {
      at: yaml.placeOfKey(['locale']),
      message: `The menus would be partly English: ${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} not written in ${text.locale}.`,
      fix: `Write here, in ${text.locale}, what is in English: ${listed(missing.map((key) => IN_ENGLISH[key]))}`,
    };
  },
};

const IN_ENGLISH = {
  'menu-item': 'menu-item: "{option}, press {key}."',
  'zero-item': 'zero-item: "To speak to someone, press zero."',
  'key-names': 'key-names: { star: star, hash: pound }',
} as const;

function listed(names: readonly string[]): string {
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((each) => each !== '').join(' and ');
}
