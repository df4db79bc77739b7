import { isMap, isScalar, parseDocument, Scalar, stringify, type Document, type YAMLMap } from 'yaml';

/** One text and where it stands in the file: the names of the keys from the top. */
export interface TextAt {
  readonly path: readonly string[];
  readonly text: string;
}

/**
 * A YAML file with these texts in it. What is not theirs stays as it was written, comments and order included. A new key
 * comes after the nearest key that `order` (paths, as another file has them) names before it, else at the end.
 */
export function withTexts(
  source: string,
  texts: readonly TextAt[],
  order: readonly (readonly string[])[] = [],
): string {
  const document = parseDocument(source);
  const there = texts.filter(({ path }) => isScalar(document.getIn(path, true)));
  const replaced = there
    .map(({ path, text }) => replacementOf(source, document.getIn(path, true) as Scalar, text))
    .toSorted((a, b) => b.from - a.from)
    .reduce((edited, { from, to, text }) => edited.slice(0, from) + text + edited.slice(to), source);
  return texts
    .filter((each) => !there.includes(each))
    .reduce((edited, text) => withNewText(edited, text, order), replaced);
}

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Block scalars end with their line, all others where their last character stands. */
function replacementOf(source: string, scalar: Scalar, text: string): Replacement {
  const [from, to] = scalar.range ?? [0, 0];
  if (scalar.type !== Scalar.BLOCK_LITERAL && scalar.type !== Scalar.BLOCK_FOLDED)
    // Nothing stands behind the colon of an empty value, not even a space.
    return { from, to, text: `${from === to ? ' ' : ''}${quoted(text)}` };
  const written = source.slice(from, to);
  const newline = newlineOf(source);
  const [head = '', ...lines] = written.split(/\r?\n/);
  const comment = /\s+#.*$/.exec(head)?.[0] ?? '';
  const indent = /^ */.exec(lines.find((line) => line.trim() !== '') ?? '  ')?.[0] ?? '  ';
  const block = blockLines(text);
  const rest =
    block === null ? [`${quoted(text)}${comment}`] : [`${block.head}${comment}`, ...indented(block.lines, indent)];
  // A block that keeps its empty lines (`|+`) holds those before the next entry as well.
  const ends = /(?:\r?\n)*$/.exec(written)?.[0].split('\n').length ?? 1;
  return { from, to, text: rest.join(newline) + newline.repeat(Math.max(1, ends - 1)) };
}

/** A text in double quotes, on one line: right in any place of a file. JSON's escapes are YAML's. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A text of several lines as a literal block; null where the block would not give it back as it is, or might not. */
function blockLines(text: string): { readonly head: string; readonly lines: readonly string[] } | null {
  const plain = /^[\n\t\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]+$/u;
  if (!/\n./.test(text) || !plain.test(text) || /^\s|\n\n$/.test(text) || /^[ \t]+$/m.test(text)) return null;
  const ends = text.endsWith('\n');
  return { head: ends ? '|' : '|-', lines: (ends ? text.slice(0, -1) : text).split('\n') };
}

function indented(lines: readonly string[], indent: string): readonly string[] {
  return lines.map((line) => (line === '' ? '' : indent + line));
}

/** Adds lines to a block map where it can; what is written otherwise goes through the document. */
function withNewText(source: string, added: TextAt, order: readonly (readonly string[])[]): string {
  const document = parseDocument(source);
  const { path } = added;
  const depth = path.findIndex((_key, length) => !document.hasIn(path.slice(0, length + 1)));
  const parent = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
  const takesLines = isMap(parent) && parent.flow !== true && parent.items.length > 0 && !isRecording(parent);
  if (depth < 0 || !takesLines) return rewritten(document, added);
  return inserted(source, parent, { ...added, depth, order });
}

function inserted(
  source: string,
  map: YAMLMap,
  added: TextAt & { readonly depth: number; readonly order: readonly (readonly string[])[] },
): string {
  const { path, text, depth, order } = added;
  const newline = newlineOf(source);
  const [first] = map.items;
  const start = isScalar(first?.key) ? (first.key.range?.[0] ?? 0) : 0;
  const indent = ' '.repeat(start - (source.lastIndexOf('\n', start - 1) + 1));
  const at = endOfItem(source, map, indexBefore(map, path.slice(0, depth + 1), order));
  const keys = path.slice(depth);
  const lines = keys.flatMap((key, level) => {
    const inner = indent + '  '.repeat(level);
    if (level < keys.length - 1) return [`${inner}${keyText(key)}:`];
    const block = blockLines(text);
    if (block === null) return [`${inner}${keyText(key)}: ${quoted(text)}`];
    return [`${inner}${keyText(key)}: ${block.head}`, ...indented(block.lines, `${inner}  `)];
  });
  const before = source.slice(0, at);
  const gap = before === '' || before.endsWith('\n') ? '' : newline;
  return `${before}${gap}${lines.join(newline)}${newline}${source.slice(at)}`;
}

/** The item after which a key belongs. */
function indexBefore(map: YAMLMap, path: readonly string[], order: readonly (readonly string[])[]): number {
  const parent = path.slice(0, -1);
  const siblings = order
    .filter((each) => each.length > parent.length && parent.every((key, index) => each[index] === key))
    .map((each) => each[parent.length] ?? '');
  const known = siblings.slice(0, Math.max(0, siblings.indexOf(path.at(-1) ?? ''))).toReversed();
  const keys = map.items.map((item) => (isScalar(item.key) ? String(item.key.value) : ''));
  const nearest = known.find((key) => keys.includes(key));
  return nearest === undefined ? map.items.length - 1 : keys.indexOf(nearest);
}

/** Where the line after an item begins. */
function endOfItem(source: string, map: YAMLMap, index: number): number {
  const item = map.items[index];
  const value: unknown = item?.value;
  if (isMap(value) && value.flow !== true && value.items.length > 0)
    return endOfItem(source, value, value.items.length - 1);
  const node = isScalar(value) || isMap(value) ? value : isScalar(item?.key) ? item.key : null;
  const end = node?.range?.[1] ?? source.length;
  if (source[end - 1] === '\n') return end;
  const newline = source.indexOf('\n', end);
  return newline < 0 ? source.length : newline + 1;
}

/**
 * Keeps comments and order, but not the spaces in the file. What stands in the way of a variant, a text or a recording,
 * becomes the variant `ask`.
 */
function rewritten(document: Document, { path, text }: TextAt): string {
  const parent = path.slice(0, -1);
  const inTheWay = document.getIn(parent, true);
  const isText = isScalar(inTheWay) && inTheWay.value !== null;
  if (isText || isRecording(inTheWay)) document.setIn(parent, document.createNode({ ask: inTheWay }));
  else if (isScalar(inTheWay)) document.setIn(parent, document.createNode({}));
  const value = document.createNode(text) as Scalar;
  value.type = blockLines(text) === null ? Scalar.QUOTE_DOUBLE : Scalar.BLOCK_LITERAL;
  document.setIn(path, value);
  return document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
}

function isRecording(node: unknown): boolean {
  return isMap(node) && node.has('audio');
}

/** `yes` and `null` are words like any other as keys of prompt files. */
function keyText(key: string): string {
  return stringify(key).trimEnd();
}

function newlineOf(source: string): string {
  return source.includes('\r\n') ? '\r\n' : '\n';
}
