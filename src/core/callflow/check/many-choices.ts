import { menusOf } from './menus.ts';
import type { Rule } from './rule.ts';

/** More than a caller can keep in mind. */
const MOST = 4;

/** A menu has few choices; 0 (help) and star (hear again, go back) do not count. */
export const manyChoices: Rule = {
  code: 'CF233',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check(file) {
    for (const { at, keys } of menusOf(file)) {
      const choices = keys.filter(({ key }) => key !== '0' && key !== 'star');
      const tooMuch = choices[MOST];
      if (tooMuch === undefined) continue;
      yield {
        at: file.yaml.placeOfKey([...at, tooMuch.key]),
        message: `This menu has ${choices.length} choices; callers keep ${MOST} in mind at most.`,
        fix: 'Put those that are used least into a menu of their own, behind one key.',
      };
    }
  },
};
