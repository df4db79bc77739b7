import { textsIn, type PromptText } from '../../call/prompt-texts.ts';
import type { Place } from '../finding.ts';
import type { PromptFile } from '../project.ts';

/** A text with a recording, and where that is named. */
export type RecordedText = PromptText & { readonly audio: string; readonly at: Place };

export function recordedTexts({ text, yaml }: PromptFile): readonly RecordedText[] {
  return textsIn(text).flatMap((each) => {
    if (each.audio === null) return [];
    return [{ ...each, audio: each.audio, at: yaml.place([...each.path.slice(0, -1), 'audio']) }];
  });
}
