import { MOST_AUDIO_BYTES } from '../audio-file.ts';
import { audioFiles } from './audio-files.ts';
import type { Rule } from './rule.ts';

/** Recordings are small enough to be there when a caller waits for them. */
export const audioSize: Rule = {
  code: 'CF314',
  severity: 'error',
  stage: 'names',
  of: 'prompts',
  *check(file, project) {
    for (const { audio, at } of audioFiles(file, project)) {
      if (audio.size <= MOST_AUDIO_BYTES) continue;
      yield {
        at,
        message: `"${audio.name}" has ${megabytes(audio.size)}; a recording has at most ${megabytes(MOST_AUDIO_BYTES)}.`,
        fix: 'Save it for the telephone: 8000 samples a second, 16 bits, one channel, which is 1 MB a minute.',
      };
    }
  },
};

function megabytes(bytes: number): string {
  return `${Math.ceil((bytes / 1024 / 1024) * 10) / 10} MB`;
}
