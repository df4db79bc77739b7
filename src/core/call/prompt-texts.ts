import type { PromptFileText } from './prompts.ts';

/** One text of a prompt file that is read as a wording. */
export interface PromptText {
  readonly kind: 'prompt' | 'message' | 'menu-item' | 'zero-item';
  /** `prompt` or `prompt.variant`; the name of a message. */
  readonly key: string;
  readonly written: string;
  /** Where it stands in the file. */
  readonly path: readonly PropertyKey[];
}

/** All texts of a prompt file, prompts first, in their order. */
export function textsIn(data: PromptFileText): readonly PromptText[] {
  const prompts = Object.entries(data.prompts).flatMap(([prompt, entry]): PromptText[] =>
    typeof entry === 'string'
      ? [{ kind: 'prompt', key: prompt, written: entry, path: ['prompts', prompt] }]
      : Object.entries(entry).map(([variant, written]) => ({
          kind: 'prompt',
          key: `${prompt}.${variant}`,
          written,
          path: ['prompts', prompt, variant],
        })),
  );
  const messages = Object.entries(data.messages).map(([key, written]): PromptText => ({
    kind: 'message',
    key,
    written,
    path: ['messages', key],
  }));
  const items = (['menu-item', 'zero-item'] as const).flatMap((kind): PromptText[] => {
    const written = data[kind];
    return written === undefined ? [] : [{ kind, key: kind, written, path: [kind] }];
  });
  return [...prompts, ...messages, ...items];
}
