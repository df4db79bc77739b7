import { isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Node, type Scalar } from 'yaml';
import type { Finding, Place } from './finding.ts';
import { offsetInScalar } from './offset-in-scalar.ts';
import { scanYaml } from './scan-yaml.ts';

export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

export interface YamlFile {
  readonly value: YamlValue;
  readonly findings: readonly Finding[];
  /** Where the value at a path stands; the nearest parent when there is none. */
  place(path: readonly PropertyKey[]): Place;
  /** Where the key at a path stands. */
  placeOfKey(path: readonly PropertyKey[]): Place;
  /** Where a character of the text at a path stands, counted from 0; the text's beginning where that cannot be told. */
  placeIn(path: readonly PropertyKey[], character: number): Place;
}

/**
 * Reads YAML into plain data with positions. A number that would not read back as it was written (`012345`,
 * `+12025550100`, `1e3`) stays text, so that leading zeros and plus signs survive without quotes.
 */
export function readYaml(file: string, text: string): YamlFile {
  const lines = new LineCounter();
  const values = new Map<string, number>();
  const keys = new Map<string, number>();
  const scalars = new Map<string, Scalar>();
  const findings: Finding[] = [];
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const place = (from: Map<string, number>, path: readonly PropertyKey[]): Place => {
    for (let length = path.length; length >= 0; length--) {
      const key = pathKey(path.slice(0, length));
      const offset = (length === path.length ? from.get(key) : undefined) ?? values.get(key);
      if (offset !== undefined) return at(offset);
    }
    return { file, line: 1, column: 1 };
  };
  const report = (code: string, offset: number, message: string, fix: string): void => {
    findings.push({ code, severity: 'error', message, fix, at: at(offset) });
  };
  const result = (value: YamlValue): YamlFile => ({
    value,
    findings,
    place: (path) => place(values, path),
    placeOfKey: (path) => place(keys, path),
    placeIn: (path, character) => {
      const scalar = scalars.get(pathKey(path));
      return scalar === undefined ? place(values, path) : at(offsetInScalar(text, scalar, character));
    },
  });
  const refused = scanYaml(text);
  if (refused !== null) {
    lines.addNewLine(0);
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
    report(refused.code, refused.offset, refused.message, refused.fix);
    return result(null);
  }

  // The parser's own search for duplicate keys takes seconds on a full file; `walk` has them at hand.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    uniqueKeys: false,
  });
  // What comes after the first error is mostly its consequence.
  const [error] = [...document.errors].sort((a, b) => a.pos[0] - b.pos[0]);
  if (error !== undefined) {
    const [offset] = error.pos;
    const reason = error.message.split('\n')[0] ?? '';
    report('CF002', offset, `This is not valid YAML: ${reason}${reason.endsWith('.') ? '' : '.'}`, fixOf(text, offset));
    return result(null);
  }

  const walk = (node: Node | null, path: readonly PropertyKey[]): YamlValue => {
    if (node === null) return null;
    values.set(pathKey(path), node.range?.[0] ?? 0);
    if (isMap(node)) {
      const map: Record<string, YamlValue> = Object.create(null) as Record<string, YamlValue>;
      for (const pair of node.items) {
        if (!isPair(pair) || !isScalar(pair.key)) continue;
        const name = String(pair.key.value);
        const inside = [...path, name];
        const offset = pair.key.range?.[0] ?? 0;
        if (name === '__proto__')
          report('CF002', offset, `"${name}" cannot be used as a name.`, 'Choose another name.');
        if (Object.hasOwn(map, name)) {
          const fix = 'Give each name once: rename or remove one of the two.';
          report('CF002', offset, `"${name}" stands here twice.`, fix);
        }
        keys.set(pathKey(inside), offset);
        map[name] = walk(pair.value as Node | null, inside);
      }
      return map;
    }
    if (isSeq(node)) return node.items.map((item, index) => walk(item as Node, [...path, index]));
    if (!isScalar(node)) return null;
    scalars.set(pathKey(path), node);
    return scalar(node.value, node.source);
  };
  return result(walk(document.contents, []));
}

function scalar(value: unknown, source: string | undefined): YamlValue {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return source !== undefined && String(value) !== source ? source : Number(value);
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

function pathKey(path: readonly PropertyKey[]): string {
  return path.map(String).join('\u0000');
}

function fixOf(text: string, offset: number): string {
  return text.slice(offset - 1, offset + 1) === '${'
    ? 'Put it in quotes: "${NAME}".'
    : 'Check indentation, quotes and colons around this place.';
}
