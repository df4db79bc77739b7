import type { AudioFile } from '../audio-file.ts';
import type { Place } from '../finding.ts';
import type { Project, PromptFile } from '../project.ts';
import { recordedTexts } from './recorded-texts.ts';

/** The recordings that a file names and that are there, each with its first place. */
export function audioFiles(
  file: PromptFile,
  { recordings }: Pick<Project, 'recordings'>,
): readonly { readonly audio: AudioFile; readonly at: Place }[] {
  const there = recordings?.get(file.source.locale);
  const found = new Map<AudioFile, Place>();
  for (const { audio: name, at } of recordedTexts(file)) {
    const audio = there?.get(name);
    if (audio !== undefined && !found.has(audio)) found.set(audio, at);
  }
  return [...found].map(([audio, at]) => ({ audio, at }));
}
