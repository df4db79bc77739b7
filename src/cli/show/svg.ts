import { describePicture } from './describe-picture.ts';
import type { Arrow, Box, Picture } from './picture.ts';
import { outlineOf, signOf } from './svg/exit-shapes.ts';
import { laidOut, LEGEND_LINE, type Layout, type Placed, type Point, type Way } from './svg/layout.ts';
import { START } from './svg/main-way.ts';
import { element, number, text } from './svg/markup.ts';
import { routesOf, type Route } from './svg/route.ts';
import { FONTS, type Row } from './svg/rows.ts';
import { GAP } from './svg/spacing.ts';
import { SCOPE, styleSheet } from './svg/style.ts';

/** The picture as one SVG document that needs nothing else; the same bytes for the same callflow. */
export function svgOf(picture: Picture): string {
  const layout = laidOut(picture);
  const { width, height, placed } = layout;
  // Several pictures may stand in one page.
  const [title, description] = [`${picture.name}-title`, `${picture.name}-description`];
  const at = (name: string): Placed => placed.get(name) as Placed;
  const parts = [
    element('title', { id: title }, text(picture.title)),
    element('desc', { id: description }, text(describePicture(picture))),
    element('style', {}, styleSheet({ coverage: picture.legend !== undefined })),
    element('rect', { class: 'canvas', width, height, rx: 12 }),
    ...layout.title.map((line, index) => titleLine(line, index)),
    ...layout.legend.flatMap((each) => legendRow(each)),
    ...[...routesOf(layout)].map(([way, route]) => arrow(way, route)),
    ...layout.ways.flatMap((way) => label(way)),
    dot(at(START)),
    ...picture.boxes.map((box) => drawnBox(box, at(box.name))),
    ...picture.exits.map(({ kind, name }) =>
      element('g', { class: kind }, ...outlineOf(kind, at(name)), signOf(kind, at(name)), ...rows(at(name))),
    ),
  ];
  const head = {
    xmlns: 'http://www.w3.org/2000/svg',
    class: SCOPE,
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    // Or some viewers lose the spaces where the colour changes.
    'xml:space': 'preserve',
    role: 'img',
    'aria-labelledby': title,
    'aria-describedby': description,
  };
  return `${element('svg', head, `\n${parts.join('\n')}\n`)}\n`;
}

function titleLine(line: string, index: number): string {
  const y = GAP.margin + FONTS.title.leading * (index + 1) - 7;
  return element('text', { class: 'title', x: GAP.margin, y }, text(line));
}

function arrow(way: Way, { path, tip, up }: Route): string {
  const manner = mannerOf(way.arrow);
  const head = `M${number(tip.x)} ${number(tip.y)}l-4 ${up ? 8 : -8}h8z`;
  return element('path', { class: `${manner}way`, d: path }) + element('path', { class: `${manner}head`, d: head });
}

/** How its line looks: by its coverage, where that is drawn. */
function mannerOf({ standing, limit }: Arrow): string {
  return standing === undefined ? (limit ? 'quiet ' : '') : `${standing} `;
}

function legendRow({ x, y, standing, text: words }: Layout['legend'][number]): readonly string[] {
  return [
    element('path', { class: `${standing} way`, d: `M${number(x)} ${number(y)}h${LEGEND_LINE - 10}` }),
    element('text', { class: 'detail', x: x + LEGEND_LINE, y: y + 4 }, text(words)),
  ];
}

function label({ arrow: drawnFor, label: drawn }: Way): readonly string[] {
  if (drawn === null) return [];
  const { x, y, width, height, lines } = drawn;
  const { leading } = FONTS.label;
  const first = y - (lines.length * leading) / 2 + leading - 3;
  return [
    element('rect', { class: 'behind', x: x - width / 2, y: y - height / 2, width, height, rx: 4 }),
    ...lines.map((line, index) =>
      element('text', { class: `${mannerOf(drawnFor)}label`, x, y: first + leading * index }, text(line)),
    ),
  ];
}

function dot({ x, y, width }: Placed): string {
  return element('circle', { class: 'start', cx: x + width / 2, cy: y + width / 2, r: width / 2 });
}

function drawnBox({ manner }: Box, placed: Placed): string {
  const { x, y, width, height, indent, rule } = placed;
  const line = (top: number): string => `M${number(x + indent)} ${number(y + top)}H${number(x + width - indent)}`;
  return element(
    'g',
    { class: manner },
    element('rect', { class: 'box', x, y, width, height, rx: 6 }),
    element('rect', { class: 'stripe', x, y: y + 6, width: 4, height: height - 12 }),
    ...(rule === null ? [] : [element('path', { class: 'rule', d: line(rule) })]),
    ...rows(placed),
  );
}

function rows({ x, y, indent, rows: all }: Placed): readonly string[] {
  return all.map((row) => drawnRow(row, { x: x + indent, y: y + row.y }));
}

function drawnRow({ runs }: Row, { x, y }: Point): string {
  const [first, ...rest] = runs;
  const spans = rest.map((run) => element('tspan', { class: run.style }, text(run.text)));
  return element('text', { class: first?.style, x, y }, text(first?.text ?? ''), ...spans);
}
