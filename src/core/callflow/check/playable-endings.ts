import { AUDIO_ENDINGS, audioFormat } from '../audio-file.ts';
import { audioFiles } from './audio-files.ts';
import type { Rule } from './rule.ts';

/** Recordings are of formats that voice platforms play. */
export const playableEndings: Rule = {
  code: 'CF312',
  severity: 'error',
  stage: 'names',
  of: 'prompts',
  *check(file, project) {
    for (const { audio, at } of audioFiles(file, project)) {
      if (audioFormat(audio.name) !== undefined) continue;
      yield {
        at,
        message: `Voice platforms do not play "${audio.name}": its ending is none of ${AUDIO_ENDINGS.join(', ')}.`,
        fix: 'Convert it to WAV: 8000 samples a second, 16 bits, one channel.',
      };
    }
  },
};
