import type { Rule } from './rule.ts';
import { strayTexts } from './stray-texts.ts';

/** Every text of a prompt is one that some place which speaks the prompt may choose; one that is left over is a warning. */
export const neverSpoken: Rule = {
  code: 'CF308',
  severity: 'error',
  stage: 'names',
  of: 'prompts',
  *check(file, project) {
    for (const { prompt, variant, heard, meant, tooEarly, severity } of strayTexts(file, project)) {
      const near = meant === undefined ? '' : ` Did you mean "${meant}"?`;
      yield {
        at: file.yaml.placeOfKey(['prompts', prompt, variant]),
        severity,
        message:
          tooEarly === undefined
            ? `The text "${variant}" of the prompt "${prompt}" is never spoken.${near}`
            : `The text "${variant}" of the prompt "${prompt}" is never spoken: no method is chosen before "${tooEarly}".`,
        fix:
          heard.length === 0
            ? `It is spoken as one text: write ${prompt}: "...".`
            : `Texts of this prompt that may be spoken: ${heard.join(', ')}.`,
      };
    }
  },
};
