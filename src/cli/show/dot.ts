import type { ExitKind } from '../../core/callflow/describe-exit.ts';
import { beginningOf } from './block-words.ts';
import type { Arrow, Box, Picture } from './picture.ts';

/** The picture for Graphviz: `dot -Tpdf`. */
export function dotOf(picture: Picture): string {
  const lines = [
    `digraph ${quoted(picture.name)} {`,
    `  graph [label=${quoted(picture.title)}, labelloc=t, fontname="Helvetica", rankdir=TB]`,
    '  node [shape=box, style="rounded,filled", fillcolor="#ffffff", color="#8c959f", fontname="Helvetica", fontsize=11]',
    '  edge [color="#57606a", fontname="Helvetica", fontsize=10]',
    // No block can have this name.
    '  "" [shape=circle, label="", width=0.2, fillcolor="#57606a"]',
    `  "" -> ${quoted(picture.start)}`,
    ...picture.boxes.map((box) => `  ${quoted(box.name)} [label=${boxLabel(box)}]`),
    ...picture.exits.map(({ name, kind, does }) => `  ${quoted(name)} [label=${label([name, does])}, ${FORMS[kind]}]`),
    ...picture.arrows.map((arrow) => `  ${quoted(arrow.from)} -> ${quoted(arrow.to)}${attributesOf(arrow)}`),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

const FORMS: Readonly<Record<ExitKind, string>> = {
  success: 'shape=ellipse, peripheries=2, fillcolor="#dafbe1", color="#1a7f37"',
  agent: 'shape=ellipse, fillcolor="#ddf4ff", color="#0969da"',
  error: 'shape=octagon, fillcolor="#ffebe9", color="#cf222e"',
  returns: 'shape=larrow, fillcolor="#e8f5ee", color="#4f7f61"',
  redirect: 'shape=rarrow, fillcolor="#fff8c5", color="#9a6700"',
  queue: 'shape=box3d, fillcolor="#fbefff", color="#8250df"',
  'hang-up': 'shape=underline, fillcolor="#eaeef2", color="#57606a"',
  missing: 'shape=box, style="dashed,filled", fillcolor="#fff1e5", color="#bc4c00"',
};

function boxLabel({ name, verb, detail, text, notes }: Box): string {
  const words = text === null ? '' : beginningOf(text.words, 48);
  return label([
    name,
    [verb, detail].filter((each) => each !== '').join(' '),
    ...(words === '' ? [] : [text?.spoken === true ? `“${words}”` : words]),
    ...notes.map(({ when, to }) => `${when.join(', ')} → ${to}`),
  ]);
}

/** Lines from the left. */
function label(lines: readonly string[]): string {
  return `"${lines.map((line) => `${escaped(line)}\\l`).join('')}"`;
}

function attributesOf({ labels, limit }: Arrow): string {
  const attributes = [
    ...(labels.length === 0 ? [] : [`label=${quoted(labels.join(', '))}`]),
    ...(limit ? ['style=dashed', 'color="#afb8c1"', 'fontcolor="#57606a"'] : []),
  ];
  return attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll(/\s+/g, ' ');
}
