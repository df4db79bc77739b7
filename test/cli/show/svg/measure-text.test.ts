import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf, widthOf } from '../../../../src/cli/show/svg/measure-text.ts';
import { sizedBox, sizedExit, FONTS } from '../../../../src/cli/show/svg/rows.ts';
import { anyPicture } from '../pictures.ts';

const font = { size: 12 };
const text = fc.string({ unit: 'grapheme', maxLength: 200 });

describe('texts of a drawing', () => {
  /** Advance widths of DejaVu Sans and DejaVu Sans Bold at 1000 pixels, the widest system fonts. */
  it.each([
    ['M', 863, 995],
    ['W', 989, 1103],
    ['i', 278, 343],
    ['m', 974, 1042],
    ['e', 615, 678],
    ['0', 636, 696],
    ['-', 361, 415],
    ['→', 838, 838],
    ['é', 615, 678],
    ['ы', 790, 904],
  ])('%s is not wider than it is measured', (character, regular, bold) => {
    expect(widthOf(character, { size: 1000 })).toBeGreaterThanOrEqual(regular);
    expect(widthOf(character, { size: 1000, bold: true })).toBeGreaterThanOrEqual(bold);
  });

  it('are broken into lines that fit, at spaces and hyphens where there are some', () => {
    expect(linesOf('one two-three four', { font, width: 60, most: 9 })).toEqual(['one two-', 'three', 'four']);
    fc.assert(
      fc.property(text, fc.integer({ min: 30, max: 300 }), fc.integer({ min: 1, max: 4 }), (written, width, most) => {
        const lines = linesOf(written, { font, width, most });
        expect(lines.length).toBeLessThanOrEqual(most);
        expect(lines.filter((line) => widthOf(line, font) > width)).toEqual([]);
      }),
    );
  });

  it('lose nothing as long as there are lines enough', () => {
    fc.assert(
      fc.property(text, (written) => {
        const lines = linesOf(written, { font, width: 80, most: 1000 });
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(written.replaceAll(/\s/g, ''));
      }),
    );
  });

  it('that are cut say so', () => {
    expect(linesOf('one, two, three', { font, width: 50, most: 1 })).toEqual(['one…']);
    expect(linesOf('“one two three', { font, width: 60, most: 1, more: '…”' })).toEqual(['“one…”']);
    expect(linesOf('one two three', { font, width: 65, most: 1 })).toEqual(['one two…']);
  });

  it('never leave their box', () => {
    fc.assert(
      fc.property(anyPicture({ most: 5 }), (picture) => {
        for (const { width, height, indent, rows } of [
          ...picture.boxes.map(sizedBox),
          ...picture.exits.map(sizedExit),
        ]) {
          const widest = rows.map(({ runs }) =>
            runs.reduce((sum, run) => sum + widthOf(run.text, FONTS[run.style]), indent),
          );
          expect(Math.max(...widest)).toBeLessThan(width);
          expect(Math.max(...rows.map(({ y }) => y))).toBeLessThan(height - 4);
        }
      }),
      { numRuns: 50 },
    );
  });
});
