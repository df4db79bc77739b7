import type { ExitKind } from '../../../core/callflow/describe-exit.ts';
import type { Box } from '../picture.ts';
import { FONTS } from './rows.ts';

interface Theme {
  readonly canvas: string;
  readonly box: string;
  readonly border: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly taken: string;
  readonly missed: string;
  readonly manners: Readonly<Record<Box['manner'], string>>;
  readonly exits: Readonly<Record<ExitKind, readonly [fill: string, border: string, ink: string]>>;
}

const LIGHT: Theme = {
  canvas: '#f6f8fa',
  box: '#ffffff',
  border: '#d0d7de',
  ink: '#1f2328',
  soft: '#59636e',
  line: '#6e7781',
  taken: '#1a7f37',
  missed: '#cf222e',
  manners: { say: '#57606a', listen: '#0550ae', perform: '#6639ba', decide: '#7d4e00', link: '#0a6b70' },
  exits: {
    success: ['#dafbe1', '#1a7f37', '#0b4d1f'],
    agent: ['#ddf4ff', '#0969da', '#033d8b'],
    error: ['#ffebe9', '#cf222e', '#82061e'],
    returns: ['#e8f5ee', '#4f7f61', '#24523a'],
    redirect: ['#fff8c5', '#9a6700', '#5c3d00'],
    queue: ['#fbefff', '#8250df', '#4a1f8a'],
    'hang-up': ['#eaeef2', '#57606a', '#32383f'],
    missing: ['#fff1e5', '#bc4c00', '#762c00'],
  },
};

const DARK: Theme = {
  canvas: '#0d1117',
  box: '#161b22',
  border: '#3d444d',
  ink: '#f0f6fc',
  soft: '#a5adb7',
  line: '#8b949e',
  taken: '#3fb950',
  missed: '#ff7b72',
  manners: { say: '#b1bac4', listen: '#79c0ff', perform: '#d2a8ff', decide: '#e3b341', link: '#56d4dd' },
  exits: {
    success: ['#0f2e1a', '#3fb950', '#aff5b4'],
    agent: ['#0c2d4f', '#58a6ff', '#cae8ff'],
    error: ['#3c1618', '#f85149', '#ffdcd7'],
    returns: ['#14261c', '#6fae87', '#c5ebd2'],
    redirect: ['#302206', '#d29922', '#f8e3a1'],
    queue: ['#2a1a45', '#bc8cff', '#eddeff'],
    'hang-up': ['#21262d', '#8b949e', '#d0d7de'],
    missing: ['#331c0c', '#db6d28', '#ffdfb6'],
  },
};

const FAMILY = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';

/** The style sheet: light, and dark where the reader's system is. No custom properties, which some viewers do not know. */
export function styleSheet({ coverage }: { readonly coverage: boolean }): string {
  const all = (theme: Theme): readonly string[] => [...colours(theme), ...(coverage ? coverageColours(theme) : [])];
  const light = [...forms(), ...(coverage ? COVERAGE_FORMS : []), ...all(LIGHT)].map(inside);
  const dark = all(DARK).map(inside);
  return `\n${[...light, '@media (prefers-color-scheme:dark){', ...dark, '}'].join('\n')}\n`;
}

/** The class of the drawing: a page that it stands in keeps its own styles. */
export const SCOPE = 'dialproof';

function inside(rule: string): string {
  const [selectors = '', ...rest] = rule.split('{');
  return [selectors.replaceAll(/(?<=^|,)/g, `.${SCOPE} `), ...rest].join('{');
}

function forms(): readonly string[] {
  const fonts = Object.entries(FONTS).map(([name, font]) => {
    return `.${name}{font-size:${font.size}px;font-weight:${'bold' in font ? 600 : 400}}`;
  });
  return [
    `text{font-family:${FAMILY}}`,
    ...fonts,
    '.label{text-anchor:middle}',
    '.quiet.label{font-weight:400}',
    '.way,.inner,.sign,.thick{fill:none}',
    '.way{stroke-width:1.5}',
    '.quiet.way{stroke-width:1;stroke-dasharray:4 3}',
    '.sign{stroke-width:2;stroke-linecap:round;stroke-linejoin:round}',
    '.thick{stroke-width:4}',
  ];
}

const COVERAGE_FORMS = [
  '.missed.way{stroke-width:2.25;stroke-dasharray:8 5}',
  '.never.way{stroke-width:1.25;stroke-dasharray:1.5 4}',
  '.never.label{font-weight:400}',
];

function coverageColours({ soft, taken, missed }: Theme): readonly string[] {
  return [
    `.taken.way{stroke:${taken}}`,
    `.taken.head{fill:${taken}}`,
    `.missed.way{stroke:${missed}}`,
    `.missed.head,.missed.label{fill:${missed}}`,
    `.never.label{fill:${soft}}`,
  ];
}

function colours({ canvas, box, border, ink, soft, line, manners, exits }: Theme): readonly string[] {
  return [
    `.canvas,.behind{fill:${canvas}}`,
    `.box{fill:${box};stroke:${border}}`,
    `.rule{stroke:${border}}`,
    `.title,.name,.to,.label{fill:${ink}}`,
    `.detail,.words,.note,.quiet.label{fill:${soft}}`,
    `.way{stroke:${line}}`,
    `.head,.start{fill:${line}}`,
    ...Object.entries(manners).map(([name, colour]) => `.${name} .stripe,.${name} .verb{fill:${colour}}`),
    ...Object.entries(exits).flatMap(([name, [fill, stroke, text]]) => [
      `.${name} .shape{fill:${fill};stroke:${stroke}}`,
      `.${name} .inner,.${name} .sign,.${name} .thick{stroke:${stroke}}`,
      `.${name} text{fill:${text}}`,
    ]),
  ];
}
