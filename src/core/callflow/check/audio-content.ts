import { audioFormat, MOST_AUDIO_BYTES, type AudioKind } from '../audio-file.ts';
import { audioFiles } from './audio-files.ts';
import type { Rule } from './rule.ts';

/** A recording is what its ending says. */
export const audioContent: Rule = {
  code: 'CF313',
  severity: 'error',
  stage: 'sense',
  of: 'prompts',
  *check(file, project) {
    for (const { audio, at } of audioFiles(file, project)) {
      const format = audioFormat(audio.name);
      if (format === undefined || audio.size > MOST_AUDIO_BYTES || format.kind === audio.kind) continue;
      const begins = audio.kind === null ? 'it does not begin like one' : `it begins like ${KINDS[audio.kind]}`;
      const promised = format.kind === null ? 'samples without a header, as its ending says' : KINDS[format.kind];
      yield {
        at,
        message: `"${audio.name}" is not ${promised}: ${begins}.`,
        fix: 'Convert it, or give it the ending of what it is; a new ending alone does not convert.',
      };
    }
  },
};

const KINDS: Readonly<Record<AudioKind, string>> = {
  wav: 'a WAV file',
  mp3: 'an MP3 file',
  aiff: 'an AIFF file',
  aifc: 'an AIFF-C file',
};
