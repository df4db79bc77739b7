import type { Rule } from './rule.ts';
import { strayTexts } from './stray-texts.ts';

/** Every text of a prompt is one that some place which speaks the prompt may choose. */
export const neverSpoken: Rule = {
  code: 'CF308',
  severity: 'error',
  stage: 'names',
  of: 'prompts',
  *check(file, project) {
    for (const { text, prompt, variant, heard, meant, tooEarly } of strayTexts(file, project)) {
      const near = meant === undefined ? '' : ` Did you mean "${meant}"?`;
      yield {
        at: file.yaml.placeOfKey(text.path),
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
