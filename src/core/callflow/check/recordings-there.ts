import { suggestion } from '../similar.ts';
import { recordedTexts } from './recorded-texts.ts';
import type { Rule } from './rule.ts';

/** Every recording that a prompt names is in the folder `audio` of its language. */
export const recordingsThere: Rule = {
  code: 'CF310',
  severity: 'error',
  stage: 'names',
  of: 'prompts',
  *check(file, { recordings }) {
    if (recordings === null) return;
    const names = [...(recordings.get(file.source.locale)?.keys() ?? [])].sort();
    for (const { audio, at } of recordedTexts(file)) {
      if (names.includes(audio)) continue;
      const folder = `prompts/${file.source.locale}/audio`;
      yield {
        at,
        message: `There is no recording "${audio}" in ${folder}.${suggestion(audio, names)}`,
        fix: names.length === 0 ? `Put it there; the folder is empty or missing.` : `There: ${names.join(', ')}.`,
      };
    }
  },
};
