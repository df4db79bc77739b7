import type { YamlFile } from '../yaml.ts';
import { listed } from './listed.ts';
import { menusOf, type WrittenMenu } from './menus.ts';
import type { Found, Rule } from './rule.ts';

/** The number keys of a menu are 1, 2, 3 and so on, and stand in the file as they are heard. */
export const keyOrder: Rule = {
  code: 'CF231',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check(file) {
    for (const menu of menusOf(file)) {
      const found = gapIn(menu, file.yaml) ?? disorderIn(menu, file.yaml);
      if (found !== null) yield found;
    }
  },
};

function gapIn(menu: WrittenMenu, yaml: YamlFile): Found | null {
  const keys = numbersOf(menu);
  const expected = keys.map((_key, index) => String(index + 1));
  const first = keys.find((key, index) => key !== expected[index]);
  if (first === undefined) return null;
  return {
    at: yaml.placeOfKey([...menu.at, first]),
    message:
      keys.length === 1
        ? `The one number key of this menu is ${first}; callers expect 1.`
        : `The number keys of this menu are ${listed(keys)}; callers expect ${listed(expected)}.`,
    fix: 'Number them without gaps, beginning with 1: prompts name the keys by themselves.',
  };
}

function disorderIn(menu: WrittenMenu, yaml: YamlFile): Found | null {
  const written = numbersOf(menu)
    .map((key) => ({ key, ...yaml.placeOfKey([...menu.at, key]) }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  for (const [index, { key, ...at }] of written.entries()) {
    const before = written[index - 1]?.key ?? '0';
    if (key > before) continue;
    return {
      at,
      message: `Key ${key} stands after key ${before}; callers hear them in the order of their numbers.`,
      fix: 'Write the keys in the order in which they are heard.',
    };
  }
  return null;
}

/** Zero is a person or help, and comes last. */
function numbersOf({ keys }: WrittenMenu): readonly string[] {
  return keys.map(({ key }) => key).filter((key) => /^[1-9]$/.test(key));
}
