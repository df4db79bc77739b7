import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, type Node } from 'yaml';
import type { Finding, Place } from './finding.ts';

/** Longest callflow or prompt file, in characters; beyond it the parser's time is not bounded. */
const LONGEST = 64 * 1024;
/** Deepest nesting of brackets; thousands of them overflow the parser's stack. */
const DEEPEST = 32;

export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

export interface YamlFile {
  readonly value: YamlValue;
  readonly findings: readonly Finding[];
  /** Where the value at a path stands; the nearest parent when there is none. */
  place(path: readonly PropertyKey[]): Place;
  /** Where the key at a path stands. */
  placeOfKey(path: readonly PropertyKey[]): Place;
}

/**
 * Reads YAML into plain data with positions. A number that would not read back as it was written (`012345`,
 * `+12025550100`, `1e3`) stays text, so that leading zeros and plus signs survive without quotes.
 */
export function readYaml(file: string, text: string): YamlFile {
  const refused = tooMuch(text);
  const lines = new LineCounter();
  const values = new Map<string, number>();
  const keys = new Map<string, number>();
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
  });
  if (refused !== null) {
    findings.push({
      code: 'CF001',
      severity: 'error',
      message: refused.message,
      fix: refused.fix,
      at: { file, line: 1, column: 1 },
    });
    return result(null);
  }

  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true, uniqueKeys: true });
  for (const error of document.errors) {
    const fix =
      error.code === 'DUPLICATE_KEY'
        ? 'Give each name once: rename or remove one of the two.'
        : 'Check indentation, quotes and colons around this place.';
    report('CF002', error.pos[0], `This is not valid YAML: ${error.message.split('\n')[0]}`, fix);
  }
  if (document.errors.length > 0) return result(null);

  const walk = (node: Node | null, path: readonly PropertyKey[]): YamlValue => {
    if (node === null) return null;
    values.set(pathKey(path), node.range?.[0] ?? 0);
    if (isMap(node)) {
      const map: Record<string, YamlValue> = Object.create(null) as Record<string, YamlValue>;
      for (const pair of node.items) {
        if (!isPair(pair) || !isScalar(pair.key)) continue;
        const name = String(pair.key.value);
        const inside = [...path, name];
        keys.set(pathKey(inside), pair.key.range?.[0] ?? 0);
        map[name] = walk(pair.value as Node | null, inside);
      }
      return map;
    }
    if (isSeq(node)) return node.items.map((item, index) => walk(item as Node, [...path, index]));
    if (isAlias(node)) {
      report(
        'CF003',
        node.range?.[0] ?? 0,
        `"*${node.source}" is a YAML alias, which callflows do not use.`,
        'For the star key write `star`; put a text that begins with * in quotes.',
      );
      return null;
    }
    return isScalar(node) ? scalar(node.value, node.source) : null;
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

function tooMuch(text: string): { message: string; fix: string } | null {
  if (text.length > LONGEST) {
    return {
      message: `The file has ${text.length} characters; at most ${LONGEST} are read.`,
      fix: 'Split it: put a part into a callflow of its own and link to it.',
    };
  }
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
  }
  if (deepest <= DEEPEST) return null;
  return {
    message: `Brackets are nested ${deepest} deep; at most ${DEEPEST} are read.`,
    fix: 'Close the brackets, or write one entry a line instead.',
  };
}
