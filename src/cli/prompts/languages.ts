import { textsIn } from '../../core/call/prompt-texts.ts';
import type { PromptFileText } from '../../core/call/prompts.ts';
import type { Project } from '../../core/callflow/project.ts';

/** One text of a prompt file as translators see it. */
export interface FileText {
  /** `frame`: what menu sentences are made of. */
  readonly kind: 'prompt' | 'message' | 'frame';
  readonly name: string;
  /** Null for a prompt that is one text. */
  readonly variant: string | null;
  readonly written: string;
  /** The recording that is played in its place. */
  readonly audio: string | null;
  /** Where the text stands in the file. */
  readonly path: readonly string[];
}

/** A prompt file with its texts one by one, in the order in which designers write them. */
export interface TextFile {
  readonly file: string;
  readonly source: string;
  readonly texts: readonly FileText[];
}

/** The prompt files of one language, by callflow or `standard`. */
export function textFiles(project: Pick<Project, 'prompts'>, locale: string): ReadonlyMap<string, TextFile> {
  const files = project.prompts.filter(({ source }) => source.locale === locale);
  return new Map(
    files.map(({ source, text }) => [
      source.callflow,
      { file: source.file, source: source.text, texts: textsOf(text) },
    ]),
  );
}

function textsOf(data: PromptFileText): readonly FileText[] {
  const texts = textsIn(data).map(({ kind, key, ...rest }): FileText => {
    const [name = key, variant = null] = kind === 'prompt' ? key.split('.') : [key];
    return { kind: kind === 'prompt' || kind === 'message' ? kind : 'frame', name, variant, ...rest };
  });
  const keyNames = Object.entries(data['key-names'] ?? {}).map(([variant, written]): FileText => ({
    kind: 'frame',
    name: 'key-names',
    variant,
    written,
    audio: null,
    path: ['key-names', variant],
  }));
  const frames = texts.filter(({ kind }) => kind === 'frame');
  return [...frames, ...keyNames, ...texts.filter(({ kind }) => kind !== 'frame')];
}

/** Which text, whatever the language. */
export type TextName = Pick<FileText, 'kind' | 'name' | 'variant'>;

/**
 * The text that a language has in the place of one of another language. The question of a prompt may be written as the
 * prompt's only text or as its variant `ask`.
 */
export function counterpart(texts: readonly FileText[], of: TextName): FileText | undefined {
  const find = (variant: string | null): FileText | undefined =>
    texts.find((each) => each.kind === of.kind && each.name === of.name && each.variant === variant);
  const same = find(of.variant);
  if (same !== undefined || of.kind !== 'prompt') return same;
  return of.variant === null ? find('ask') : of.variant === 'ask' ? find(null) : undefined;
}
