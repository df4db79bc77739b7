import { Scalar } from 'yaml';

/**
 * Where a character of a scalar's value stands in the source; the beginning of the scalar where that cannot be told,
 * as in a text that is folded over several lines.
 */
export function offsetInScalar(source: string, scalar: Scalar, character: number): number {
  const [start = 0, end = 0] = scalar.range ?? [];
  const written = source.slice(start, end);
  switch (scalar.type) {
    case Scalar.PLAIN:
      return written.includes('\n') ? start : start + character;
    case Scalar.QUOTE_SINGLE:
      return start + walked(written, /^(?:''|.)/u, character);
    case Scalar.QUOTE_DOUBLE:
      return start + walked(written, /^(?:\\(?:x.{2}|u.{4}|U.{8}|.)|.)/u, character);
    case Scalar.BLOCK_LITERAL:
      return start + inLines(written, String(scalar.value), character);
    case Scalar.BLOCK_FOLDED:
    case undefined:
      break;
  }
  return start;
}

/** So many characters of the value into a quoted scalar, each as long as `one` matches; 0 over several lines. */
function walked(written: string, one: RegExp, characters: number): number {
  if (written.includes('\n')) return 0;
  let at = 1;
  for (let passed = 0; passed < characters;) {
    const match = one.exec(written.slice(at))?.[0];
    if (match === undefined) return 0;
    at += match.length;
    passed += match.startsWith('\\') || match === "''" ? 1 : match.length;
  }
  return at;
}

/** The same in a literal block, whose lines follow its first one with their indentation. */
function inLines(written: string, value: string, character: number): number {
  const before = value.slice(0, character).split('\n');
  const lines = written.split('\n');
  const line = lines[before.length]?.replace(/\r$/, '');
  const text = value.split('\n')[before.length - 1];
  if (line === undefined || text === undefined || text === '' || !line.endsWith(text)) return 0;
  const above = lines.slice(0, before.length).join('\n').length + 1;
  return above + line.length - text.length + (before.at(-1)?.length ?? 0);
}
