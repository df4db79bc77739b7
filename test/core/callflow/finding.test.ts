import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatFinding, type Finding } from '../../../src/core/callflow/finding.ts';
import { cellsOf } from '../../../src/core/callflow/printable.ts';

const found = (line: number, column: number, length?: number): Finding => ({
  code: 'CF102',
  severity: 'error',
  message: 'It is wrong.',
  fix: 'Write it right.',
  at: { file: 'x.yaml', line, column, ...(length === undefined ? {} : { length }) },
});

/** What is printed between the first line and the fix. */
function frame(source: string, ...place: Parameters<typeof found>): string {
  return formatFinding(found(...place), source)
    .split('\n')
    .slice(1, -1)
    .join('\n');
}

describe('a finding as it is printed', () => {
  it('is where, what, the line with the place underlined below the line above it, and what to write', () => {
    expect(formatFinding(found(2, 6, 5), 'one: 1\ntwo: three\nfour: 4\n')).toMatchInlineSnapshot(`
      "x.yaml:2:6  error CF102  It is wrong.
        1 | one: 1
        2 | two: three
          |      ^^^^^
        Write it right."
    `);
  });

  it('without its file is where, what and what to write', () => {
    expect(formatFinding(found(2, 6, 5))).toBe('x.yaml:2:6  error CF102  It is wrong.\n  Write it right.');
  });

  it('of a line that the file does not have has no frame', () => {
    expect(frame('one: 1\n', 9, 1)).toBe('');
  });

  it('of the first line, or below an empty one, has no line above it', () => {
    expect(frame('one: 1', 1, 6)).toBe('  1 | one: 1\n    |      ^');
    expect(frame('one: 1\n \ntwo: 2', 3, 6)).toBe('  3 | two: 2\n    |      ^');
  });

  it('lines up where the numbers of the lines grow longer', () => {
    expect(frame(`${'a: 1\n'.repeat(9)}b: 2`, 10, 4)).toBe('   9 | a: 1\n  10 | b: 2\n     |    ^');
  });

  it('underlines no further than the line goes, and one column where nothing is left', () => {
    expect(frame('a: "b', 1, 4, 99)).toBe('  1 | a: "b\n    |    ^^');
    expect(frame('a: b', 1, 5, 3)).toBe('  1 | a: b\n    |     ^');
  });

  it('does not show Windows line ends and a byte order mark', () => {
    expect(frame('\uFEFFa: 1\r\nb: 2\r\n', 1, 4)).toBe('  1 | a: 1\n    |    ^');
    expect(frame('\uFEFFa: 1\r\nb: 2\r\n', 2, 4)).toBe('  1 | a: 1\n  2 | b: 2\n    |    ^');
  });

  it.each([
    ['a tab', '\ta: wrong', 5, '  1 | →   a: wrong\n    |        ^^^^^'],
    ['a non-breaking space', 'a:\u00A0b: wrong', 7, '  1 | a:␣b: wrong\n    |       ^^^^^'],
    ['a combined accent', 'cafe\u0301: wrong', 8, '  1 | cafe\u0301: wrong\n    |       ^^^^^'],
    ['letters of double width', '電話: wrong', 5, '  1 | 電話: wrong\n    |       ^^^^^'],
    ['a picture of several parts', '👩‍💻: wrong', 8, '  1 | 👩‍💻: wrong\n    |     ^^^^^'],
    ['a letter outside the basic plane', '𝒜: wrong', 5, '  1 | 𝒜: wrong\n    |    ^^^^^'],
  ])('has the caret in the right column behind %s', (_what, line, column, printed) => {
    expect(frame(line, 1, column, 5)).toBe(printed);
  });

  it('cannot command the terminal, neither by the file nor by a name that it repeats', () => {
    const source = 'a: \u001B[2J\u0007\u202Eb';
    const finding = { ...found(1, 4), message: `"\u001B[31m" is wrong.`, fix: 'Not \u009B0m.' };
    expect(formatFinding(finding, source)).toBe(
      'x.yaml:1:4  error CF102  "\uFFFD[31m" is wrong.\n  1 | a: \uFFFD[2J\uFFFD\uFFFDb\n    |    ^\n  Not \uFFFD0m.',
    );
  });
});

describe('a line that is too long', () => {
  const words = Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ');

  it('is cut at its end when the place is at its beginning', () => {
    expect(frame(`above: ${words}\nthere: ${words}`, 2, 8, 5)).toMatchInlineSnapshot(`
      "  1 | above: word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word…
        2 | there: word0 word1 word2 word3 word4 word5 word6 word7 word8 word9 word10 word11 word12 word13 word14 word15 word…
          |        ^^^^^"
    `);
  });

  it('is cut on both sides of a place in the middle', () => {
    expect(frame(`above: short\nthere: ${words}`, 2, 200, 6)).toMatchInlineSnapshot(`
      "  2 | … word21 word22 word23 word24 word25 word26 word27 word28 word29 word30 word31 word32 word33 word34 word35 word36…
          |                                                          ^^^^^^"
    `);
  });

  it('is cut at its beginning when the place is at its end', () => {
    const line = `there: ${words}`;
    expect(frame(`above: ${words}\n${line}`, 2, line.length - 5, 6)).toMatchInlineSnapshot(`
      "  1 | …3 word44 word45 word46 word47 word48 word49 word50 word51 word52 word53 word54 word55 word56 word57 word58 word59
        2 | …3 word44 word45 word46 word47 word48 word49 word50 word51 word52 word53 word54 word55 word56 word57 word58 word59
          |                                                                                                             ^^^^^^"
    `);
  });

  it('has the caret under its place and fits 120 columns, wherever that is and whatever stands around', () => {
    const text = fc.array(fc.constantFrom('a', ' ', '電', '\t', 'e\u0301', '\u00A0', '👩‍💻', ','), { maxLength: 1500 });
    fc.assert(
      fc.property(text, text, (before, after) => {
        const source = `${before.join('')}X${after.join('')}`;
        const [line = '', caret = ''] = frame(source, 1, before.join('').length + 1).split('\n');
        const width = (printed: string): number => cellsOf(printed).reduce((sum, cell) => sum + cell.width, 0);
        expect(width(line.slice(0, line.indexOf('X')))).toBe(caret.length - 1);
        expect(Math.max(width(line), caret.length)).toBeLessThanOrEqual(120);
      }),
      { numRuns: 200 },
    );
  });

  it('may be as long as a file can be', () => {
    const text = `a: ${'x'.repeat(5_000_000)}!`;
    expect(frame(text, 1, text.length)).toMatch(/^ {2}1 \| …x+!\n {4}\| {114}\^$/);
  });
});
