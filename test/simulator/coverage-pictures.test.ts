import { describe, expect, it } from 'vitest';
import { coveragePictures } from '../../src/cli/test/coverage-pictures.ts';
import { coverageOf } from '../../src/simulator/coverage/coverage.ts';
import { shipped } from './shipped.ts';

const { project } = await shipped('two-factor');
const taken = { callflow: 'two-factor', block: 'find-methods', path: 'found' };
const coverage = coverageOf(project, [taken, taken], ({ path }) => (path === 'blank' ? 'nobody is silent' : null));
const svg = coveragePictures(project, coverage).get('two-factor') ?? '';

describe('the picture of a callflow with its coverage', () => {
  it('says how often every path was taken', () => {
    expect(svg).toMatch(/class="taken label"[^>]*>found\u00a0×2</);
    expect(svg).toMatch(/class="missed label"[^>]*>finished\u00a0×0</);
    expect(svg).toMatch(/class="never label"[^>]*>blank\u00a0never</);
  });

  it('draws limits as arrows, each by its own number', () => {
    expect(svg).toContain('3\u00a0wrong\u00a0codes\u00a0×0');
    expect(svg).toContain('no\u00a0send\u00a0left\u00a0×0');
  });

  it('tells the three kinds of line apart by their strokes, too, and explains them', () => {
    expect(svg).toContain('.missed.way{stroke-width:2.25;stroke-dasharray:8 5}');
    expect(svg).toContain('.never.way{stroke-width:1.25;stroke-dasharray:1.5 4}');
    expect(svg).toContain('>taken: 1 of 49 paths (2 %)<');
    expect(svg).toContain('>not taken (×0): 48 paths<');
    expect(svg).toContain('>never: 1 path that no call can take<');
  });

  it('says the same to whoever listens to it', () => {
    expect(svg).toMatch(/<desc[^>]*>Taken: 1 of 49 paths \(2 %\)\. Not taken/);
  });
});
