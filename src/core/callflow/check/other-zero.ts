import { menusOf } from './menus.ts';
import type { Rule } from './rule.ts';

/** Key 0 leads to the same in every menu: callers learn it once. */
export const otherZero: Rule = {
  code: 'CF230',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check(file) {
    const zeroIs = file.callflow.settings['zero-is'];
    if (zeroIs === undefined) return;
    for (const { at, keys } of menusOf(file)) {
      for (const { key, to } of keys) {
        if (key !== '0' || to === zeroIs) continue;
        yield {
          at: file.yaml.placeOfKey([...at, key]),
          message: `Key 0 leads to "${to}" here, and to "${zeroIs}" in every other menu (\`zero-is\`).`,
          fix: `Give "${to}" another key.`,
        };
      }
    }
  },
};
