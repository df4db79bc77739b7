import { asking } from './asking.ts';
import type { Rule } from './rule.ts';

/** Milliseconds after which the first choice is forgotten. */
const LONGEST = 30_000;

/** A menu is over before its first choice is forgotten. */
export const longMenu: Rule = {
  code: 'CF232',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check(file) {
    const { callflow, yaml, wordings: languages } = file;
    for (const block of callflow.blocks.values()) {
      for (const wordings of languages.values()) {
        const { speech, choices } = asking(file, { block, wordings, silences: 0 }) ?? { speech: 0, choices: 0 };
        if (choices === 0 || speech <= LONGEST) continue;
        yield {
          at: yaml.place(['blocks', block.name, block.verb]),
          message: `This menu takes about ${Math.round(speech / 1000)} seconds to say in ${wordings.locale}; by then callers have forgotten how it began.`,
          fix: `Say it in ${LONGEST / 1000} seconds: fewer words in prompts/${wordings.locale}/${callflow.name}.yaml, or fewer choices.`,
        };
      }
    }
  },
};
