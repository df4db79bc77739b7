import type { Token } from './tokens.ts';

/** One line of the text. */
export interface Line {
  readonly number: number;
  readonly offset: number;
  readonly text: string;
  /** How many spaces it begins with. */
  readonly indent: number;
  /** Whether it begins inside a text in quotes or below `|` or `>`: what stands there is no structure. */
  readonly isText: boolean;
}

/** A line as a designer means it: a name, a colon, a value. */
export interface Entry {
  readonly line: Line;
  /** As it is written, with its quotes. */
  readonly key: string;
  readonly offset: number;
  /** Without the comment behind it. */
  readonly value: string;
}

const BETWEEN: ReadonlySet<Token['kind']> = new Set(['space', 'newline', 'comment']);

/** The text of a file with its tokens and lines: what the traps look at. */
export class Page {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly lines: readonly Line[];
  /** For each token, and for the end, the index of the bracket that it stands in; -1 where it is in none. */
  private readonly enclosing: readonly number[];

  constructor(text: string, tokens: readonly Token[]) {
    this.text = text;
    this.tokens = tokens;
    this.lines = linesOf(text, tokens);
    this.enclosing = bracketsAround(tokens);
  }

  lineAt(offset: number): Line {
    return this.lines[lastIndex(this.lines, (line) => line.offset <= offset)] ?? EMPTY;
  }

  /** The token that covers an offset. */
  at(offset: number): Token | undefined {
    return this.tokens[this.indexAt(offset)];
  }

  /** The last token before an offset that is neither space nor line break nor comment. */
  before(offset: number): Token | undefined {
    let index = this.indexAt(offset - 1);
    while (index >= 0 && BETWEEN.has(this.tokens[index]?.kind ?? 'unknown')) index -= 1;
    return this.tokens[index];
  }

  /** The first token from an offset on that is neither space nor line break nor comment. */
  after(offset: number): Token | undefined {
    for (let index = Math.max(0, this.indexAt(offset)); index < this.tokens.length; index++) {
      const token = this.tokens[index];
      if (token !== undefined && token.offset >= offset && !BETWEEN.has(token.kind)) return token;
    }
    return undefined;
  }

  /** The brackets that are open at an offset, the innermost last. */
  openAt(offset: number): readonly Token[] {
    const open: Token[] = [];
    let index = this.enclosing[this.indexAt(offset - 1) + 1] ?? -1;
    for (let token = this.tokens[index]; token !== undefined; token = this.tokens[index]) {
      open.unshift(token);
      index = this.enclosing[index] ?? -1;
    }
    return open;
  }

  /**
   * What goes on from an offset as one text: to the end of the line, or to the bracket or comma that ends it. A # ends
   * it only outside of brackets of its own.
   */
  restOfText(offset: number, options: { readonly comment?: 'too' } = {}): string {
    const line = this.lineAt(offset);
    const rest = line.text.slice(offset - line.offset);
    const isInside = this.openAt(offset).length > 0;
    let depth = 0;
    for (let index = 0; index < rest.length; index++) {
      const character = rest.charAt(index);
      const isComment = character === '#' && /\s/.test(rest.charAt(index - 1)) && options.comment === undefined;
      const isEnd = isComment || (isInside && /[,}\]]/.test(character));
      if (depth === 0 && isEnd) return rest.slice(0, index).trimEnd();
      if (/[{[]/.test(character)) depth += 1;
      if (/[}\]]/.test(character)) depth = Math.max(0, depth - 1);
    }
    return rest.trimEnd();
  }

  /** The nearest line above that says something; where that goes on with a text from further above, the first of it. */
  above(line: Line): Line | undefined {
    const found = this.lines.slice(0, line.number - 1).findLast(saysSomething);
    const token = found === undefined ? undefined : this.at(found.offset);
    return token?.kind === 'plain' ? this.lineAt(token.offset) : found;
  }

  /** The line of an offset, or the next one that says something. */
  from(offset: number): Line | undefined {
    return this.lines.find((line) => line.offset + line.text.length >= offset && saysSomething(line));
  }

  private indexAt(offset: number): number {
    return lastIndex(this.tokens, (token) => token.offset <= offset);
  }
}

/** Whether a line is more than a comment. */
export function saysSomething({ text }: Line): boolean {
  return /^\s*[^\s#]/.test(text);
}

/** The name and the value of a line; null where it has no name with a colon. */
export function entryOf(line: Line): Entry | null {
  const begins = /^ *(?:- +)*/.exec(line.text)?.[0].length ?? 0;
  const rest = line.text.slice(begins);
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/.exec(rest)?.[0].length ?? 0;
  const colon = rest.slice(quoted).search(/:(?=\s|$)/) + quoted;
  const key = rest.slice(0, Math.max(0, colon)).trimEnd();
  const isName = quoted > 0 ? key.length === quoted : /^[^\s"'#{}[\],&*!|>%@`]/.test(key) && !key.includes(' #');
  if (colon < quoted || !isName) return null;
  const behind = rest.slice(colon + 1);
  const comment = behind.search(/\s#/);
  return {
    line,
    key,
    offset: line.offset + begins,
    value: (comment === -1 ? behind : behind.slice(0, comment)).trim(),
  };
}

const EMPTY: Line = { number: 1, offset: 0, text: '', indent: 0, isText: false };

function linesOf(text: string, tokens: readonly Token[]): readonly Line[] {
  const lines: Line[] = [];
  let index = 0;
  let offset = 0;
  for (const raw of text.split('\n')) {
    while ((tokens[index + 1]?.offset ?? Infinity) <= offset) index += 1;
    const covering = tokens[index];
    const isText =
      covering?.kind === 'block-text' ||
      (covering !== undefined && covering.offset < offset && covering.kind.endsWith('-quoted-scalar'));
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    lines.push({ number: lines.length + 1, offset, text: line, indent: line.search(/[^ ]|$/), isText });
    offset += raw.length + 1;
  }
  return lines;
}

function bracketsAround(tokens: readonly Token[]): readonly number[] {
  const open: number[] = [];
  const enclosing = tokens.map(({ kind }, index) => {
    const around = open.at(-1) ?? -1;
    if (kind === 'flow-map-start' || kind === 'flow-seq-start') open.push(index);
    else if (kind === 'flow-map-end' || kind === 'flow-seq-end') open.pop();
    else if (kind === 'flow-error-end') open.length = 0;
    return around;
  });
  return [...enclosing, open.at(-1) ?? -1];
}

/** Where the last item of a sorted list is that holds; -1 where none does. */
function lastIndex<T>(sorted: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = sorted[middle];
    if (item !== undefined && holds(item)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
