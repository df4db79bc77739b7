import { similar } from '../similar.ts';
import type { Rule } from './rule.ts';
import { wordedIn } from './worded.ts';

/** The sentence of a menu says what an option does, and its key. */
export const menuSentence: Rule = {
  code: 'CF325',
  severity: 'error',
  stage: 'sense',
  of: 'prompts',
  *check(file) {
    for (const { kind, wording, path } of wordedIn(file)) {
      if (kind !== 'menu-item') continue;
      const others = wording.variables.filter((name) => !['option', 'key'].includes(name));
      for (const name of ['option', 'key']) {
        if (wording.variables.includes(name) || others.some((other) => similar(other, [name]) !== undefined)) continue;
        yield {
          at: file.yaml.place(path),
          message: `\`menu-item\` has no {${name}}: callers would not hear ${name === 'key' ? 'which key to press' : 'what the key is for'}.`,
          fix: 'Write what the option does, then its key: "{option}, press {key}."',
        };
      }
    }
  },
};
