import { hasPrompt } from '../../call/prompts.ts';
import { suggestion } from '../similar.ts';
import type { Rule } from './rule.ts';
import { spokenPrompts } from './spoken-prompts.ts';

/** Every prompt that a callflow names is worded in every language that it speaks. */
export const missingPrompts: Rule = {
  code: 'CF302',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check({ callflow, yaml, wordings: languages }) {
    for (const wordings of languages.values()) {
      const names = [...wordings.prompts.keys()];
      for (const { prompt, path, language } of spokenPrompts(callflow)) {
        if (hasPrompt(wordings, prompt) || (language !== null && language !== wordings.locale)) continue;
        const [base = prompt, variant] = prompt.split('.');
        // The options of a menu without any wording are not worth a finding each.
        if (variant !== undefined && !hasPrompt(wordings, base)) continue;
        const rivals =
          variant === undefined
            ? names.map((key) => key.split('.')[0] ?? key)
            : names.filter((key) => key.startsWith(`${base}.`)).map((key) => key.slice(base.length + 1));
        yield {
          at: yaml.place(path),
          message: `The prompt "${prompt}" has no wording in ${wordings.locale}.${suggestion(variant ?? prompt, rivals)}`,
          fix: `Add "${variant ?? prompt}:" under \`${variant === undefined ? 'prompts' : base}:\` in prompts/${wordings.locale}/${callflow.name}.yaml.`,
        };
      }
    }
  },
};
