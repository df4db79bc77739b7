import { recordedTexts } from './recorded-texts.ts';
import type { Rule } from './rule.ts';

/** Every file in a folder `audio` is played somewhere. */
export const unusedRecordings: Rule = {
  code: 'CF316',
  severity: 'warning',
  stage: 'advice',
  of: 'project',
  *check({ prompts, recordings }) {
    for (const [locale, files] of recordings ?? []) {
      const used = new Set(
        prompts.flatMap((file) => (file.source.locale === locale ? recordedTexts(file).map(({ audio }) => audio) : [])),
      );
      for (const { name, file } of files.values()) {
        if (used.has(name)) continue;
        yield {
          at: { file, line: 1, column: 1 },
          message: `No prompt in ${locale} plays "${name}".`,
          fix: `Name it beside its words, \`{ text: "...", audio: ${name} }\`, or remove it.`,
        };
      }
    }
  },
};
