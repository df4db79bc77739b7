import { textsIn, type PromptText } from '../../call/prompt-texts.ts';
import type { PromptFileText } from '../../call/prompts.ts';
import type { Project } from '../project.ts';
import { STANDARD } from '../prompt-shelf.ts';

/** The texts of one prompt by variant; the empty name is a prompt that is one text. */
export type Variants = ReadonlyMap<string, string>;

/** The texts of a callflow in one locale: its own, over those of the built-in one that it uses, over the standard ones. */
export interface Texts {
  readonly prompt: (name: string) => Variants;
  /** Whether they are not the standard ones alone. */
  readonly isOwn: (name: string) => boolean;
  readonly messages: Variants;
  readonly setting: (key: 'voice' | 'menu-item' | 'zero-item') => string | undefined;
}

export function textsOf(project: Project, callflow: string, locale: string): Texts {
  const own = filesOf(project, callflow, locale);
  const standard = filesOf(project, STANDARD, locale);
  const variants = (files: readonly PromptFileText[], name: string): Variants =>
    new Map(
      files.flatMap((file) =>
        textsIn(file).flatMap((text) => {
          const variant = variantOf(text, name);
          return variant === null ? [] : [[variant, squeezed(text.written)] as const];
        }),
      ),
    );
  return {
    prompt: (name) => variants([...standard, ...own], name),
    isOwn: (name) => variants(own, name).size > 0,
    messages: new Map(own.flatMap((file) => Object.entries(file.messages).map(([key, text]) => [key, text.trim()]))),
    setting: (key) => own.findLast((file) => file[key] !== undefined)?.[key],
  };
}

/** The locales that a callflow, or the built-in one that it uses, has prompts in. */
export function localesOf(project: Project, callflow: string): readonly string[] {
  const names = namesUnder(project, callflow);
  return project.prompts.filter(({ source }) => names.includes(source.callflow)).map(({ source }) => source.locale);
}

/** The prompt files of a callflow, the upper ones last. */
function filesOf(project: Project, callflow: string, locale: string): readonly PromptFileText[] {
  return namesUnder(project, callflow).flatMap((name) =>
    project.prompts.flatMap(({ source, text }) => (source.callflow === name && source.locale === locale ? [text] : [])),
  );
}

function namesUnder(project: Project, callflow: string): readonly string[] {
  const used = project.callflows.get(callflow)?.callflow.uses ?? null;
  return used === null || used === callflow ? [callflow] : [used, callflow];
}

function variantOf({ kind, key }: PromptText, name: string): string | null {
  if (kind !== 'prompt') return null;
  if (key === name) return '';
  return key.startsWith(`${name}.`) ? key.slice(name.length + 1) : null;
}

/** Line breaks and indentation are the file's, not the speaker's. */
function squeezed(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
