import { withDocumentVariables } from './document-variables.ts';
import { isToBeTried, piecesOf, readTree, sample } from './icu.ts';
import { readDuration } from '../duration.ts';
import { refuseWhatIsNoSpeech, refused } from './wording-fault.ts';
import { namesIn, NODE, withInner, type WordingNode } from './wording-tree.ts';
import type { SpeechPart } from './verbs.ts';

export type PromptValue = string | number | readonly SpeechPart[];
export type PromptValues = Readonly<Record<string, PromptValue>> | ValueOf;
/** Values that are looked up only when a text names them. */
export type ValueOf = (name: string) => PromptValue | undefined;

/** One text in ICU MessageFormat with the four tags `<digits> <pause> <slow> <spell>`, read once. */
export interface Wording {
  /** A value that is not given is spoken as nothing. */
  speak(values: PromptValues): readonly SpeechPart[];
  /** The same as plain text, for messages. */
  write(values: Readonly<Record<string, string | number>>): string;
  /** The names it uses, tags not among them. */
  readonly variables: readonly string[];
  /** The text as the rules look through it. */
  readonly tree: readonly WordingNode[];
}

/** Throws a WordingFault when the text is not valid ICU MessageFormat or cannot be spoken as it stands. */
export function readWording(text: string, locale: string): Wording {
  try {
    return read(text, locale);
  } catch (error) {
    throw refused(error, text);
  }
}

function read(text: string, locale: string): Wording {
  const parsed = readTree(text, locale);
  refuseWhatIsNoSpeech(parsed, text);
  const ast = withDocumentVariables(parsed);
  const variables = namesIn(ast);
  const message = prepared(ast);
  let alwaysSame: readonly SpeechPart[] | null = null;
  const speak = (values: PromptValues): readonly SpeechPart[] => {
    if (variables.length === 0) return (alwaysSame ??= joined(piecesIn(message, {}, locale)));
    return joined(piecesIn(message, values, locale));
  };
  if (isToBeTried(ast)) speak(sample(variables));
  return { variables, tree: ast, speak, write: (values) => plain(speak(values)) };
}

/** The pieces of a text with its values. ICU is asked only about what it counts and formats. */
function piecesIn(nodes: readonly WordingNode[], values: PromptValues, locale: string): readonly unknown[] {
  return nodes.flatMap((node): unknown => {
    const { type, value = '', children = [], options = {} } = node;
    switch (type) {
      case NODE.literal:
        return value;
      case NODE.argument:
        return wrapped(known(values, value));
      case NODE.select: {
        const word = plainText(known(values, value));
        const chosen = Object.hasOwn(options, word) ? options[word] : options['other'];
        return chosen === undefined ? [] : piecesIn(chosen.value, values, locale);
      }
      case NODE.tag:
        return SPEECH_TAGS[value as keyof typeof SPEECH_TAGS](piecesIn(children, values, locale));
      default:
        return counted(node, values, locale);
    }
  });
}

/** What ICU makes of one node. "0" or "NaN" would be a wrong answer where a number is not known: it is put in as it is. */
function counted(node: WordingNode, values: PromptValues, locale: string): readonly unknown[] {
  const all: Record<string, unknown> = { ...SPEECH_TAGS };
  for (const name of namesIn([node])) all[name] = wrapped(known(values, name));
  const silent = namesIn([node], NUMERIC).filter((name) => !isNumeric(all[name]));
  return piecesOf(silent.length === 0 ? [node] : prepared([node], silent), locale, all);
}

/** A value as plain text. */
export function plainText(value: PromptValue): string {
  return typeof value === 'object' ? plain(value) : String(value);
}

/** Silence for what is not given, and for a number that is none. */
function known(values: PromptValues, name: string): PromptValue {
  const value = valueIn(values, name) ?? '';
  return typeof value === 'number' && !Number.isFinite(value) ? '' : value;
}

/** The value of a name; undefined where none is given. */
export function valueIn(values: PromptValues, name: string): PromptValue | undefined {
  if (typeof values === 'function') return values(name);
  return Object.hasOwn(values, name) ? values[name] : undefined;
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

const NUMERIC: readonly number[] = [NODE.number, NODE.plural];

/**
 * The tree as it is formatted. Tags are marked, since the library keeps them and variables in one name space and
 * `{digits}` inside `<digits>` needs them apart. Numbers named in `silent` become plain texts.
 */
function prepared(nodes: readonly WordingNode[], silent: readonly string[] = []): readonly WordingNode[] {
  return nodes.map((node) => {
    const { type, value = '', location } = node;
    if (NUMERIC.includes(type) && silent.includes(value)) return { type: NODE.argument, value, location };
    const inner = withInner(node, (nodes) => prepared(nodes, silent));
    return type === NODE.tag && !value.startsWith('<') ? { ...inner, value: `<${value}>` } : inner;
  });
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '')
    ? Number.isFinite(Number(value))
    : false;
}
