import { Composer, isMap, isPair, isScalar, isSeq, LineCounter, Parser } from 'yaml';
import type { CST, Node, Scalar, YAMLMap, YAMLParseError } from 'yaml';
import { MOST_FINDINGS, type Finding, type Place } from './finding.ts';
import { offsetInScalar } from './offset-in-scalar.ts';
import { diagnose, inPair, inWords } from './yaml/diagnose.ts';
import { nothingUnder } from './yaml/nothing-under.ts';
import { Page } from './yaml/page.ts';
import { tokensOf } from './yaml/tokens.ts';
import type { Found } from './yaml/trap.ts';

export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

export interface YamlFile {
  readonly value: YamlValue;
  readonly findings: readonly Finding[];
  /** Where the value at a path stands; the nearest parent when there is none. */
  place(path: readonly PropertyKey[]): Place;
  /** Where the key at a path stands. */
  placeOfKey(path: readonly PropertyKey[]): Place;
  /**
   * Where a stretch of the text at a path stands, in UTF-16 units from 0; one character without an end. The text's
   * beginning where that cannot be told.
   */
  placeIn(path: readonly PropertyKey[], begin: number, end?: number): Place;
}

/** From where to where something stands, in UTF-16 units. */
type Range = readonly [begin: number, end: number];

/**
 * Reads YAML into plain data with positions. A number that would not read back as it was written (`012345`,
 * `+12025550100`, `1e3`) stays text, so that leading zeros and plus signs survive without quotes. What is no YAML has
 * one finding; what can be read and was not meant so has one for each such place.
 */
export function readYaml(file: string, source: string): YamlFile {
  const text = source.startsWith('\uFEFF') ? source.slice(1) : source;
  const where = new Positions(file, text);
  const scanned = tokensOf(text);
  if ('refused' in scanned) return where.result(null, [scanned.refused]);
  const { tokens, lexemes, length } = scanned;
  const page = new Page(text.slice(0, length), tokens);
  const { contents, error } = parse(lexemes, length);
  if (error !== undefined) {
    const [reason = ''] = error.message.split('\n');
    return where.result(null, [diagnose({ code: error.code, offset: error.pos[0], reason }, page)]);
  }
  if (length < text.length) return where.result(null, [outOfPlace(length - 1)]);
  const reader = new Reader(page, where);
  const value = reader.read(contents, '');
  return where.result(value, [...inWords(page), ...reader.found]);
}

/** What the parser makes of a text, and its first error: what comes after that is mostly its consequence. */
function parse(
  lexemes: readonly string[],
  length: number,
): { contents: Node | null; error: YAMLParseError | undefined } {
  const parser = new Parser();
  function* tokens(): Generator<CST.Token> {
    for (const lexeme of lexemes) yield* parser.next(lexeme);
    yield* parser.end();
  }
  // The parser's own search for duplicate keys takes seconds on a full file; the reader has them at hand.
  const composer = new Composer({ prettyErrors: false, stringKeys: true, uniqueKeys: false });
  const [document] = composer.compose(tokens(), true, length);
  const [error] = [...(document?.errors ?? [])].sort((a, b) => a.pos[0] - b.pos[0]);
  return { contents: document?.contents ?? null, error };
}

/** Makes plain data of the parser's nodes, and notes where each stands. */
class Reader {
  readonly found: Found[] = [];
  private readonly page: Page;
  private readonly where: Positions;

  constructor(page: Page, where: Positions) {
    this.page = page;
    this.where = where;
  }

  read(node: Node | null, path: string): YamlValue {
    if (node === null) return null;
    this.where.values.set(path, rangeOf(node));
    if (isMap(node)) return this.readMap(node, path);
    if (isSeq(node)) return node.items.map((item, index) => this.read(item as Node, under(path, index)));
    if (!isScalar(node)) return null;
    this.where.scalars.set(path, node);
    return scalar(node.value, node.source);
  }

  private readMap(node: YAMLMap, path: string): YamlValue {
    const map = Object.create(null) as Record<string, YamlValue>;
    let isTwice = false;
    for (const pair of node.items) {
      if (!isPair(pair) || !isScalar(pair.key)) continue;
      const name = String(pair.key.value);
      const inside = under(path, name);
      const at = rangeOf(pair.key);
      if (name === '__proto__') this.report({ ...UNNAMEABLE, offset: at[0], length: name.length });
      const first = Object.hasOwn(map, name) ? this.where.keys.get(inside) : undefined;
      if (first !== undefined && !isTwice)
        this.report(nothingUnder(node, pair, this.page) ?? this.twice(name, first, at));
      isTwice ||= first !== undefined;
      const value = pair.value as Node | null;
      this.report(inPair({ key: pair.key, value, map: node, path: inside }, this.page));
      this.where.keys.set(inside, at);
      map[name] = this.read(value, inside);
    }
    return map;
  }

  private report(found: Found | null): void {
    if (found !== null) this.found.push(found);
  }

  private twice(name: string, [first]: Range, [offset, end]: Range): Found {
    const line = this.page.lineAt(first);
    const isSame = line === this.page.lineAt(offset);
    const where = isSame ? `the same line, column ${first - line.offset + 1}` : `line ${line.number}`;
    return {
      code: 'CF008',
      offset,
      length: end - offset,
      message: `"${name}" stands here twice; the first one is in ${where}.`,
      fix: 'Give each name once: rename or remove one of the two.',
    };
  }
}

/** For a text that was cut after many mistakes, and that the parser finds none in. */
function outOfPlace(offset: number): Found {
  const message = 'Too much of the file up to here is not where it can be.';
  return { code: 'CF002', offset, message, fix: 'Check indentation, quotes and colons above.' };
}

const UNNAMEABLE = { code: 'CF002', message: '"__proto__" cannot be used as a name.', fix: 'Choose another name.' };

/** Where the values and keys of a file stand, by their paths. */
class Positions {
  readonly values = new Map<string, Range>();
  readonly keys = new Map<string, Range>();
  readonly scalars = new Map<string, Scalar>();
  private readonly file: string;
  private readonly text: string;
  private lines: LineCounter | null = null;

  constructor(file: string, text: string) {
    this.file = file;
    this.text = text;
  }

  result(value: YamlValue, found: readonly Found[]): YamlFile {
    return {
      value,
      findings: firstOfEach(found.map((each) => this.finding(each))),
      place: (path) => this.nearest(this.values, path),
      placeOfKey: (path) => this.nearest(this.keys, path),
      placeIn: (path, begin, end) => this.inside(path, begin, end ?? begin + 1),
    };
  }

  private finding({ code, message, fix, offset, length = 1 }: Found): Finding {
    return { code, severity: 'error', message, fix, at: this.at([offset, offset + length]) };
  }

  private nearest(from: ReadonlyMap<string, Range>, path: readonly PropertyKey[]): Place {
    for (let length = path.length; length >= 0; length--) {
      const key = pathKey(path.slice(0, length));
      const range = (length === path.length ? from.get(key) : undefined) ?? this.values.get(key);
      if (range !== undefined) return this.at(range);
    }
    return { file: this.file, line: 1, column: 1 };
  }

  private inside(path: readonly PropertyKey[], begin: number, end: number): Place {
    const scalar = this.scalars.get(pathKey(path));
    if (scalar === undefined) return this.nearest(this.values, path);
    return this.at([offsetInScalar(this.text, scalar, begin), offsetInScalar(this.text, scalar, end)]);
  }

  private at([begin, end]: Range): Place {
    // The beginning is found without counting the lines of a file that is refused for its length.
    if (begin > 0) this.lines ??= countLines(this.text);
    const { line, col } = this.lines?.linePos(begin) ?? { line: 1, col: 1 };
    const place = { file: this.file, line, column: col };
    // A mapping goes on to the line after its last one.
    const covered = this.text.slice(begin, end).trimEnd();
    return covered.length > 1 && !covered.includes('\n') ? { ...place, length: covered.length } : place;
  }
}

function countLines(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
  return lines;
}

function rangeOf(node: Node): Range {
  const [begin = 0, end = begin] = node.range ?? [];
  return [begin, end];
}

/** One finding a line: what else is wrong with it mostly follows. */
function firstOfEach(found: readonly Finding[]): readonly Finding[] {
  const sorted = [...found].sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  return sorted.filter((each, index) => each.at.line !== sorted[index - 1]?.at.line).slice(0, MOST_FINDINGS);
}

function scalar(value: unknown, source: string | undefined): YamlValue {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return source !== undefined && String(value) !== source ? source : Number(value);
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function pathKey(path: readonly PropertyKey[]): string {
  return path.map((key) => under('', key)).join('');
}

function under(path: string, key: PropertyKey): string {
  return `${path}\u0000${String(key)}`;
}
