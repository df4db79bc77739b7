import { readFileSync } from 'node:fs';

export interface Page {
  /** From the root of the repository. */
  readonly file: string;
  readonly text: string;
}

export interface Fence {
  /** The word after the backticks. */
  readonly language: string;
  readonly text: string;
  /** The nearest heading above, without its marks. */
  readonly under: string;
}

export interface Table {
  readonly head: readonly string[];
  /** Cells as written, trimmed. */
  readonly rows: readonly (readonly string[])[];
  readonly under: string;
}

export function readPage(file: string): Page {
  return { file, text: readFileSync(file, 'utf8') };
}

/** Fenced blocks in their order. */
export function fences({ text }: Page): readonly Fence[] {
  const found: Fence[] = [];
  let under = '';
  let open: { language: string; lines: string[] } | null = null;
  for (const line of text.split('\n')) {
    if (open !== null && line === '```') {
      found.push({ language: open.language, text: `${open.lines.join('\n')}\n`, under });
      open = null;
    } else if (open !== null) open.lines.push(line);
    else if (line.startsWith('```')) open = { language: line.slice(3).trim(), lines: [] };
    else under = /^#+ (.*)$/.exec(line)?.[1] ?? under;
  }
  if (open !== null) throw new Error('a fenced block is never closed');
  return found;
}

/** Tables in their order. */
export function tables(page: Page): readonly Table[] {
  const found: Table[] = [];
  let under = '';
  let rows: string[][] = [];
  for (const line of [...outsideFences(page).split('\n'), '']) {
    if (line.startsWith('|')) rows.push(cells(line));
    else if (rows.length > 0) {
      const [head = [], , ...rest] = rows;
      found.push({ head, rows: rest, under });
      rows = [];
    }
    under = /^#+ (.*)$/.exec(line)?.[1] ?? under;
  }
  return found;
}

/** Headings without their marks. */
export function headings(page: Page): readonly string[] {
  return [...outsideFences(page).matchAll(/^#+ (.*)$/gm)].map((match) => match[1] ?? '');
}

/** Targets of links, in their order. */
export function links(page: Page): readonly string[] {
  return [...outsideFences(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '');
}

/** As GitHub makes it of a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

function outsideFences({ text }: Page): string {
  return text.replaceAll(/^```[^]*?^```$/gm, '');
}

/** A bar inside a cell is written `\|`. */
function cells(line: string): string[] {
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}
