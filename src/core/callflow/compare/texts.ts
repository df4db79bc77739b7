import type { PromptFile, Version } from './version.ts';

/** The texts of one prompt by variant; the empty name is a prompt that is one text. */
export type Variants = ReadonlyMap<string, string>;

/** The prompts of a callflow in one locale: its own, and under them the standard ones. */
export interface Texts {
  readonly prompt: (name: string) => Variants;
  /** Whether the callflow's own file has it. */
  readonly isOwn: (name: string) => boolean;
  readonly own: PromptFile | null;
}

export function textsOf({ prompts }: Version, callflow: string, locale: string): Texts {
  const fileOf = (name: string): PromptFile | null =>
    prompts.find((each) => each.locale === locale && each.callflow === name) ?? null;
  const [own, standard] = [fileOf(callflow), fileOf('standard')];
  return {
    own,
    isOwn: (name) => variantsIn(own, name).size > 0,
    prompt: (name) => new Map([...variantsIn(standard, name), ...variantsIn(own, name)]),
  };
}

/** The locales that a version has prompts of this callflow in. */
export function localesOf({ prompts }: Version, callflow: string): readonly string[] {
  return prompts.filter((each) => each.callflow === callflow).map(({ locale }) => locale);
}

/** Line breaks and indentation are the file's, not the speaker's. */
export function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function variantsIn(file: PromptFile | null, name: string): Variants {
  const prompts = file?.written.prompts ?? {};
  const entry = Object.hasOwn(prompts, name) ? prompts[name] : undefined;
  if (entry === undefined) return new Map();
  return new Map(
    typeof entry === 'string'
      ? [['', squeezed(entry)]]
      : Object.entries(entry).map(([key, text]) => [key, squeezed(text)]),
  );
}
