import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Strays } from '../../../../src/core/callflow/yaml/strays.ts';
import { tokensOf } from '../../../../src/core/callflow/yaml/tokens.ts';

function straysIn(text: string): number {
  const scanned = tokensOf(text);
  const strays = new Strays();
  for (const token of 'tokens' in scanned ? scanned.tokens : []) strays.see(token);
  return strays.count;
}

const shipped = ['callflows', ...readdirSync('prompts').map((locale) => path.join('prompts', locale))].flatMap(
  (folder) => readdirSync(folder).map((name) => path.join(folder, name)),
);

it.each(shipped)('%s has none', (file) => {
  expect(straysIn(readFileSync(file, 'utf8'))).toBe(0);
});

it.each([
  ['lists', 'a:\n- b\n- c: d\n  e: f\n-\n  - g\n'],
  ['brackets over lines', 'a: {\n  b: [c,\n    d],\n  # e\n  f: {},\n  "g": "h" }\ni: []\n'],
  ['values below their names', 'a:\n  b\nc:\n\n  "d"\n'],
  ['texts over lines', 'a: b\n  c\n  d\ne: |\n  f: g\n  - h\ni: >-\n  j\n'],
  ['a text alone', 'a b c'],
])('%s are none', (_what, text) => {
  expect(straysIn(text)).toBeLessThan(2);
});

it.each([
  [']', 1],
  ['a: b: c: d', 2],
  ['a: "b" "c" "d"', 2],
  ['{a: b c: d}', 1],
  ['[a,,,b]', 2],
  ['a\nb: c', 1],
  ['a: @b', 1],
  ['a: &b !c *d', 3],
  ['a: "b\nc: d', 1],
])('%j has %i', (text, count) => {
  expect(straysIn(text)).toBe(count);
});
