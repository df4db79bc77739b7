import type { PromptFileText } from './prompts.ts';

/** One text of a prompt file that is read as a wording. */
export interface PromptText {
  readonly kind: 'prompt' | 'message' | 'menu-item' | 'zero-item';
  /** `prompt` or `prompt.variant`; the name of a message. */
  readonly key: string;
  readonly written: string;
  /** The name of the recording that is played in its place. */
  readonly audio: string | null;
  /** Where the text stands in the file. */
  readonly path: readonly string[];
}

/** All texts of a prompt file, prompts first, in their order. */
export function textsIn(data: PromptFileText): readonly PromptText[] {
  const prompts = Object.entries(data.prompts).flatMap(([prompt, entry]): PromptText[] =>
    isOneText(entry)
      ? [promptText(entry, prompt, ['prompts', prompt])]
      : Object.entries(entry).map(([variant, text]) =>
          promptText(text, `${prompt}.${variant}`, ['prompts', prompt, variant]),
        ),
  );
  const messages = Object.entries(data.messages).map(([key, written]): PromptText => ({
    kind: 'message',
    key,
    written,
    audio: null,
    path: ['messages', key],
  }));
  const items = (['menu-item', 'zero-item'] as const).flatMap((kind): PromptText[] => {
    const written = data[kind];
    return written === undefined ? [] : [{ kind, key: kind, written, audio: null, path: [kind] }];
  });
  return [...prompts, ...messages, ...items];
}

type Entry = PromptFileText['prompts'][string];
type OneText = string | { readonly text: string; readonly audio: string };

/** `text` and `audio` are no names of variants: the two are a recording. */
function isOneText(entry: Entry): entry is OneText {
  return typeof entry === 'string' || typeof entry['audio'] === 'string';
}

function promptText(entry: OneText, key: string, path: readonly string[]): PromptText {
  if (typeof entry === 'string') return { kind: 'prompt', key, written: entry, audio: null, path };
  return { kind: 'prompt', key, written: entry.text, audio: entry.audio, path: [...path, 'text'] };
}
