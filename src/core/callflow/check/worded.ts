import type { Wording } from '../../call/wording.ts';
import { textsIn, type PromptText } from '../../call/prompt-texts.ts';
import type { Callflow } from '../callflow.ts';
import { perFile } from './per-file.ts';
import { STANDARD } from '../prompt-shelf.ts';
import { type CallflowFile, type Project, type PromptFile } from '../project.ts';

/** A text that a callflow has in a language, and the file that it stands in. */
export interface Worded extends PromptText {
  readonly file: PromptFile;
  readonly wording: Wording;
}

/** The texts of a prompt file, each with its wording. */
export const wordedIn = perFile((file: PromptFile): readonly Worded[] => {
  const { prompts, messages, menuItem, zeroItem } = file.wordings;
  return textsIn(file.text).flatMap((text) => {
    const { kind, key } = text;
    const wording =
      kind === 'prompt'
        ? prompts.get(key)
        : kind === 'message'
          ? messages.get(key)
          : kind === 'menu-item'
            ? menuItem
            : zeroItem;
    return wording === undefined ? [] : [{ ...text, file, wording }];
  });
});

/** Whose prompts a callflow speaks: the standard ones, those of the built-in callflow that it uses, its own. */
export function layersOf({ name, uses }: Callflow): readonly string[] {
  return [...new Set([STANDARD, uses ?? name, name])];
}

/** The prompt files of a callflow in a language, each on top of those before it. */
export function promptsOf({ callflow }: CallflowFile, locale: string, project: Project): readonly PromptFile[] {
  return layersOf(callflow).flatMap((name) =>
    project.prompts.filter(({ source }) => source.locale === locale && source.callflow === name),
  );
}

/** The prompts or messages of a callflow in a language, by key: its own, else those that they lie over. */
export function wordedFor(
  callflow: CallflowFile,
  project: Project,
  { locale, kind }: { readonly locale: string; readonly kind: 'prompt' | 'message' },
): ReadonlyMap<string, Worded> {
  const texts = promptsOf(callflow, locale, project)
    .flatMap((file) => wordedIn(file))
    .filter((each) => each.kind === kind);
  return new Map(texts.map((each) => [each.key, each]));
}

/** The callflows that a prompt file is for. */
export function usersOf({ source }: Pick<PromptFile, 'source'>, project: Project): readonly CallflowFile[] {
  return [...project.callflows.values()].filter(({ callflow }) => layersOf(callflow).includes(source.callflow));
}
