import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { pictureOf } from '../../../src/cli/show/picture.ts';
import { svgOf } from '../../../src/cli/show/svg.ts';
import { laidOut, type Layout, type Placed } from '../../../src/cli/show/svg/layout.ts';
import { routesOf } from '../../../src/cli/show/svg/route.ts';
import { shippedSources } from '../../core/support.ts';
import { anyPicture, pictureFrom, readFor } from './pictures.ts';

const RUNS = { numRuns: 40 };
const MOST = 24;

describe('the picture of a callflow', () => {
  it('in the README is the callflow as it is', () => {
    const { written, wordings } = readFor('two-factor', shippedSources());
    const drawn = svgOf(pictureOf(written, { wordings, limits: false }));
    expect(
      readFileSync('docs/two-factor.svg', 'utf8'),
      'draw it again: npx dialproof show two-factor --out docs/two-factor.svg',
    ).toBe(drawn);
    expect(readFileSync('README.md', 'utf8')).toContain('<img src="docs/two-factor.svg"');
  });

  it('is the same to the letter each time', () => {
    fc.assert(
      fc.property(anyPicture({ most: MOST }), (picture) => {
        expect(svgOf(structuredClone(picture))).toBe(svgOf(picture));
      }),
      RUNS,
    );
  });

  it('is well-formed whatever the words are, needs nothing else, and says what it is to those who listen', () => {
    fc.assert(
      fc.property(anyPicture({ most: 6 }), (picture) => {
        const svg = svgOf(picture);
        const elements = new Map<string, Readonly<Record<string, unknown>>>();
        const parser = new SaxesParser();
        parser.on('error', (error) => expect.fail(error.message));
        parser.on('opentag', ({ name, attributes }) => void elements.set(name, attributes));
        parser.write(svg).close();
        expect(elements.get('svg')).toMatchObject({
          role: 'img',
          'aria-labelledby': 'any-title',
          'aria-describedby': 'any-description',
        });
        expect([elements.get('title')?.['id'], elements.get('desc')?.['id']]).toEqual(['any-title', 'any-description']);
        expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|url\(|@import|<script|<image|href/);
      }),
      RUNS,
    );
  });

  it('is light, and dark where the system is', () => {
    const svg = svgOf(pictureFrom('callflow: x\nstart: a\nblocks:\n  a: { say: hello, next: error }\n'));
    expect(svg.match(/\.dialproof \.canvas,\.dialproof \.behind\{fill:#\w+\}/g)).toHaveLength(2);
    expect(svg).toContain('@media (prefers-color-scheme:dark){');
  });
});

describe('nothing in it is in the way of anything else', () => {
  const laid = (check: (layout: Layout, shapes: readonly Placed[]) => void): void =>
    fc.assert(
      fc.property(anyPicture({ most: MOST }), (picture) => {
        const layout = laidOut(picture);
        check(layout, [...layout.placed.values()]);
      }),
      RUNS,
    );

  it('boxes stand on the canvas and not on each other', () => {
    laid(({ width, height }, shapes) => {
      for (const [index, shape] of shapes.entries()) {
        expect(overlaps(shape, { x: 0, y: 0, width, height })).toBe(true);
        expect([shape.x >= 0, shape.x + shape.width <= width, shape.y >= 0, shape.y + shape.height <= height]).toEqual([
          true,
          true,
          true,
          true,
        ]);
        expect(shapes.slice(index + 1).filter((other) => overlaps(shape, other))).toEqual([]);
      }
    });
  });

  it('labels stand on no box, and every arrow that has words has its label', () => {
    laid(({ ways }, shapes) => {
      for (const { arrow, label } of ways) {
        expect(label === null).toBe(arrow.labels.length === 0);
        if (label === null) continue;
        const { x, y, width, height } = label;
        const around = { x: x - width / 2, y: y - height / 2, width, height };
        expect(shapes.filter((shape) => overlaps(shape, around))).toEqual([]);
      }
    });
  });

  it('no arrow runs through a box', () => {
    laid((layout, shapes) => {
      for (const { path } of routesOf(layout).values())
        for (const point of pointsOf(path)) expect(shapes.filter((shape) => holds(shape, point))).toEqual([]);
    });
  });
});

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function overlaps(a: Area, b: Area): boolean {
  const apart = 0.1;
  return (
    a.x < b.x + b.width - apart &&
    b.x < a.x + a.width - apart &&
    a.y < b.y + b.height - apart &&
    b.y < a.y + a.height - apart
  );
}

function holds({ x, y, width, height }: Area, [px, py]: readonly [number, number]): boolean {
  return px > x + 1 && px < x + width - 1 && py > y + 1 && py < y + height - 1;
}

/** Points along a path of the commands M, L and C. */
function pointsOf(path: string): readonly (readonly [number, number])[] {
  const points: (readonly [number, number])[] = [];
  let [x0, y0] = [0, 0];
  for (const [, command, rest = ''] of path.matchAll(/([MLC])([^MLC]*)/g)) {
    const numbers = rest.trim().split(' ').map(Number);
    const [x = 0, y = 0] = numbers.slice(-2);
    const [x1 = x0, y1 = y0, x2 = x, y2 = y] = command === 'C' ? numbers : [];
    for (let step = 0; step <= 16; step++) {
      const [t, u] = [step / 16, 1 - step / 16];
      const at = (a: number, b: number, c: number, d: number): number =>
        u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
      points.push(command === 'M' ? [x, y] : [at(x0, x1, x2, x), at(y0, y1, y2, y)]);
    }
    [x0, y0] = [x, y];
  }
  return points;
}
