import type { ExitKind } from '../../core/callflow/describe-exit.ts';
import { beginningOf } from './block-words.ts';
import type { Arrow, Box, Picture } from './picture.ts';

/** The picture as a Mermaid flowchart, which GitHub and many editors draw inside Markdown. */
export function mermaidOf(picture: Picture): string {
  const exits = new Set(picture.exits.map(({ name }) => name));
  // Mermaid has words of its own that a block may be called, for example `end`.
  const id = (name: string): string => `${exits.has(name) ? 'exit' : 'block'}_${name.replaceAll('-', '_')}`;
  const lines = [
    'flowchart TD',
    `  start((start)) --> ${id(picture.start)}`,
    ...picture.boxes.map((box) => `  ${id(box.name)}["${boxLabel(box)}"]`),
    ...picture.exits.map(
      ({ name, kind, does }) => `  ${id(name)}(["${[bold(name), escaped(does)].join('<br/>')}"]):::${kind}`,
    ),
    ...picture.arrows.map((arrow) => `  ${id(arrow.from)} ${lineOf(arrow)} ${id(arrow.to)}`),
    ...Object.entries(COLOURS)
      .filter(([kind]) => picture.exits.some((exit) => exit.kind === kind))
      .map(([kind, colours]) => `  classDef ${kind} ${colours}`),
  ];
  return `${lines.join('\n')}\n`;
}

const COLOURS: Readonly<Record<ExitKind, string>> = {
  success: 'fill:#dafbe1,stroke:#1a7f37,color:#0b4d1f',
  agent: 'fill:#ddf4ff,stroke:#0969da,color:#033d8b',
  error: 'fill:#ffebe9,stroke:#cf222e,color:#82061e',
  returns: 'fill:#e8f5ee,stroke:#4f7f61,color:#24523a',
  redirect: 'fill:#fff8c5,stroke:#9a6700,color:#5c3d00',
  queue: 'fill:#fbefff,stroke:#8250df,color:#4a1f8a',
  'hang-up': 'fill:#eaeef2,stroke:#57606a,color:#32383f',
  missing: 'fill:#fff1e5,stroke:#bc4c00,color:#762c00,stroke-dasharray:4 3',
};

function boxLabel({ name, verb, detail, text, notes }: Box): string {
  const words = text === null ? '' : beginningOf(text.words, 60);
  return [
    bold(name),
    `<i>${escaped(verb)}</i>${detail === '' ? '' : ` ${escaped(detail)}`}`,
    ...(words === '' ? [] : [escaped(text?.spoken === true ? `“${words}”` : words)]),
    ...notes.map(({ when, to }) => `<small>${escaped(when.join(', '))} → ${escaped(to)}</small>`),
  ].join('<br/>');
}

function lineOf({ labels, limit }: Arrow): string {
  if (labels.length === 0) return '-->';
  const label = `"${escaped(labels.join(', '))}"`;
  return limit ? `-. ${label} .->` : `-- ${label} -->`;
}

function bold(name: string): string {
  return `<b>${escaped(name)}</b>`;
}

/** Entities as Mermaid writes them, for all that means something to Mermaid, Markdown or HTML inside a quoted label. */
function escaped(text: string): string {
  return text.replaceAll(/["#&<>`\\]/g, (character) => `#${character.codePointAt(0)};`).replaceAll(/\s+/g, ' ');
}
