import { IntlMessageFormat } from 'intl-messageformat';
import { readDuration } from '../duration.ts';
import type { SpeechPart } from './verbs.ts';

export type PromptValue = string | number | readonly SpeechPart[];
export type PromptValues = Readonly<Record<string, PromptValue>>;

/** One text in ICU MessageFormat with the four tags `<digits> <pause> <slow> <spell>`, read once. */
export interface Wording {
  /** A value that is not given is spoken as nothing. */
  speak(values: PromptValues): readonly SpeechPart[];
  /** The same as plain text, for messages. */
  write(values: Readonly<Record<string, string | number>>): string;
  /** The names it uses, tags not among them. */
  readonly variables: readonly string[];
}

const TAGS = ['digits', 'pause', 'slow', 'spell'] as const;

/** Throws an Error with the reason when the text is not valid ICU MessageFormat or uses another tag. */
export function readWording(text: string, locale: string): Wording {
  const ast = new IntlMessageFormat(text, locale).getAst() as readonly AstNode[];
  const names = namesIn(ast);
  for (const tag of names.tags) {
    if (!TAGS.some((known) => known === tag))
      throw new Error(`the tag <${tag}> is not known; tags: <digits> <pause> <slow> <spell>`);
  }
  // Tags and variables share one name space in the library: `{digits}` inside `<digits>` needs them apart.
  const message = new IntlMessageFormat(withMarkedTags(ast) as never, locale);
  const format = (values: PromptValues): readonly SpeechPart[] => {
    const all: Record<string, unknown> = { ...SPEECH_TAGS };
    for (const name of names.variables) all[name] = wrapped(values[name] ?? '');
    const result: unknown = message.format(all);
    return joined(Array.isArray(result) ? result : [result]);
  };
  return {
    variables: names.variables,
    speak: format,
    write: (values) => plain(format(values)),
  };
}

/** Texts next to each other become one; lists inside are opened. */
function joined(pieces: readonly unknown[]): readonly SpeechPart[] {
  const parts: SpeechPart[] = [];
  for (const piece of pieces) {
    const opened = isGroup(piece)
      ? piece.group
      : typeof piece === 'object' && piece !== null
        ? [piece as SpeechPart]
        : [{ kind: 'text', text: String(piece) } as const];
    for (const part of opened) {
      const last = parts.at(-1);
      if (part.kind === 'text' && last?.kind === 'text')
        parts[parts.length - 1] = { kind: 'text', text: last.text + part.text };
      else if (part.kind !== 'text' || part.text !== '') parts.push(part);
    }
  }
  return parts;
}

function plain(parts: readonly SpeechPart[]): string {
  return parts
    .map((part) => (part.kind === 'pause' ? '' : part.kind === 'slow' ? plain(part.parts) : part.text))
    .join('');
}

const SPEECH_TAGS = {
  '<digits>': (chunks: readonly unknown[]): SpeechPart => ({ kind: 'digits', text: plain(joined(chunks)) }),
  '<spell>': (chunks: readonly unknown[]): SpeechPart => ({ kind: 'spell', text: plain(joined(chunks)) }),
  '<slow>': (chunks: readonly unknown[]): SpeechPart => ({ kind: 'slow', parts: joined(chunks) }),
  '<pause>': (chunks: readonly unknown[]): SpeechPart => ({
    kind: 'pause',
    ms: readDuration(plain(joined(chunks))) ?? 500,
  }),
};

interface Group {
  readonly group: readonly SpeechPart[];
}

function wrapped(value: PromptValue): string | number | Group {
  return typeof value === 'string' || typeof value === 'number' ? value : { group: value };
}

function isGroup(piece: unknown): piece is Group {
  return typeof piece === 'object' && piece !== null && 'group' in piece;
}

/** The part of the parser's tree that is read here: type 0 is literal text, 7 the plural's #, 8 a tag. */
interface AstNode {
  readonly type: number;
  readonly value?: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly AstNode[] }>>;
  readonly children?: readonly AstNode[];
}

function withMarkedTags(nodes: readonly AstNode[]): readonly AstNode[] {
  return nodes.map((node) => ({
    ...node,
    ...(node.type === 8 ? { value: `<${node.value ?? ''}>` } : {}),
    ...(node.children === undefined ? {} : { children: withMarkedTags(node.children) }),
    ...(node.options === undefined
      ? {}
      : {
          options: Object.fromEntries(
            Object.entries(node.options).map(([key, option]) => [
              key,
              { ...option, value: withMarkedTags(option.value) },
            ]),
          ),
        }),
  }));
}

function namesIn(nodes: readonly AstNode[]): { variables: string[]; tags: string[] } {
  const variables = new Set<string>();
  const tags = new Set<string>();
  const walk = (node: AstNode): void => {
    if (node.type === 8) tags.add(node.value ?? '');
    else if (node.type !== 0 && node.type !== 7) variables.add(node.value ?? '');
    for (const option of Object.values(node.options ?? {})) option.value.forEach(walk);
    node.children?.forEach(walk);
  };
  nodes.forEach(walk);
  return { variables: [...variables], tags: [...tags] };
}
