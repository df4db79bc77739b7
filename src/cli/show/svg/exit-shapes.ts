import type { ExitKind } from '../../../core/callflow/describe-exit.ts';
import { element, number } from './markup.ts';
import type { Placed } from './layout.ts';

/** The outline of an exit: every kind has a form of its own, for readers who do not see its colour. */
export function outlineOf(kind: ExitKind, placed: Placed): readonly string[] {
  const { x, y, width, height } = placed;
  const round = { class: 'shape', x, y, width, height, rx: height / 2 };
  switch (kind) {
    case 'success':
      return [
        element('rect', round),
        element('rect', {
          class: 'inner',
          x: x + 3,
          y: y + 3,
          width: width - 6,
          height: height - 6,
          rx: height / 2 - 3,
        }),
      ];
    case 'agent':
      return [element('rect', round)];
    case 'error':
      return [polygon(octagon(placed))];
    case 'returns':
      return [polygon(pointed(placed, 'left'))];
    case 'redirect':
      return [polygon(pointed(placed, 'right'))];
    case 'queue':
      return [
        element('rect', { ...round, rx: 4 }),
        element('path', {
          class: 'inner',
          d: `M${number(x + width - 5)} ${number(y)}v${number(height)}m-4 0v${number(-height)}`,
        }),
      ];
    case 'missing':
      return [element('rect', { ...round, rx: 4, 'stroke-dasharray': '4 3' })];
    case 'hang-up':
      return [
        element('rect', { ...round, rx: 4 }),
        element('path', { class: 'thick', d: `M${number(x)} ${number(y + height)}h${number(width)}` }),
      ];
  }
}

/** A sign in a square of 16 pixels. */
const SIGNS: Readonly<Record<ExitKind, string>> = {
  success: 'M2 8.5 6 12.5 14 3.5',
  agent: 'M8 7.5a3 3 0 1 0-.01 0M2 14.5c.5-3.6 2.8-5 6-5s5.5 1.4 6 5',
  error: 'M8 2.5V9.5M8 12.5V13.5',
  returns: 'M14 13.5V6H3M7 2 3 6l4 4',
  redirect: 'M3 13 13 3M6 3h7v7',
  queue: 'M3 8h.1M8 8h.1M13 8h.1',
  'hang-up': 'M3.5 3.5l9 9m0-9-9 9',
  missing: 'M5 6a3 3 0 1 1 4.2 2.8C8.3 9.2 8 9.8 8 10.5M8 13.4V13.5',
};

export function signOf(kind: ExitKind, { x, y, height }: Placed): string {
  return element('path', {
    class: 'sign',
    transform: `translate(${number(x + 13)} ${number(y + height / 2 - 8)})`,
    d: SIGNS[kind],
  });
}

type Points = readonly (readonly [x: number, y: number])[];

/** How far points and cut corners reach into a shape, pixels. */
const CUT = 12;

function octagon({ x, y, width, height }: Placed): Points {
  return [
    [x + CUT, y],
    [x + width - CUT, y],
    [x + width, y + CUT],
    [x + width, y + height - CUT],
    [x + width - CUT, y + height],
    [x + CUT, y + height],
    [x, y + height - CUT],
    [x, y + CUT],
  ];
}

function pointed({ x, y, width, height }: Placed, to: 'left' | 'right'): Points {
  const middle = y + height / 2;
  return to === 'left'
    ? [
        [x + CUT, y],
        [x + width, y],
        [x + width, y + height],
        [x + CUT, y + height],
        [x, middle],
      ]
    : [
        [x, y],
        [x + width - CUT, y],
        [x + width, middle],
        [x + width - CUT, y + height],
        [x, y + height],
      ];
}

function polygon(points: Points): string {
  return element('polygon', { class: 'shape', points: points.map((point) => point.map(number).join(',')).join(' ') });
}
