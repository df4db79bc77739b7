import { withDocumentVariables } from './document-variables.ts';
import { isToBeTried, piecesOf, readTree, sample } from './icu.ts';
import { namesIn, NODE, withInner, type WordingNode } from './wording-tree.ts';
import { refused } from './wording-fault.ts';
import { plainText, readWording, valueIn, type PromptValues, type Wording } from './wording.ts';

/** Reads a text of a prompt file as what it is: the HTML of an email, or something in plain words. */
export function readText(
  text: {
    readonly kind: string;
    readonly key: string;
    readonly written: string;
  },
  locale: string,
) {
  const read = text.kind === 'message' && text.key === 'email-html' ? readHtml : readWording;
  return read(text.written, locale);
}

/**
 * The HTML body of an email: ICU MessageFormat whose tags are HTML's own. Values are escaped, so that none can be read
 * as markup; a line break of the documents (`${LineBreak}`) is a `<br>`. Throws a WordingFault when it is not valid.
 */
export function readHtml(text: string, locale: string): Wording {
  try {
    const tree = withDocumentVariables(readTree(text, locale, { ignoreTag: true }));
    const variables = namesIn(tree);
    const message = broken(tree);
    const write = (values: Readonly<Record<string, string | number>>): string => {
      const all = Object.fromEntries(variables.map((name) => [name, escaped(values[name] ?? '')]));
      return piecesOf(message, locale, all).join('');
    };
    if (isToBeTried(tree)) write(sample(variables));
    return {
      variables,
      tree,
      write,
      speak: (values) => [{ kind: 'text', text: write(plainValues(variables, values)) }],
    };
  } catch (error) {
    throw refused(error, text);
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(value: string | number): string | number {
  return typeof value === 'number' ? value : value.replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? '');
}

function plainValues(names: readonly string[], values: PromptValues): Record<string, string | number> {
  const plain = names.map((name) => [name, valueIn(values, name) ?? ''] as const);
  return Object.fromEntries(plain.map(([name, value]) => [name, typeof value === 'number' ? value : plainText(value)]));
}

/** Line breaks of the documents as HTML's; those of the file are no more than white space. */
function broken(nodes: readonly WordingNode[]): readonly WordingNode[] {
  return nodes.map((node) => {
    const isBreak = node.type === NODE.literal && node.value === '\n' && isWritten(node);
    return isBreak ? { ...node, value: '<br>' } : withInner(node, broken);
  });
}

/** `${LineBreak}` is longer in the file than the line break that it stands for. */
function isWritten({ location }: WordingNode): boolean {
  return location.end.offset - location.start.offset > 2;
}
