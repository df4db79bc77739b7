export interface Font {
  /** Pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

/**
 * Widths in thousandths of the font size, by groups of characters: those of DejaVu Sans and Arial, whichever is wider.
 * Every other system font is narrower, so a text that fits by these stays inside its box on every machine.
 */
const GROUPS: readonly (readonly [width: number, characters: string])[] = [
  [320, "',.Iijl‘’ \u00a0"],
  [400, '()-/:;[\\]ft|'],
  [480, '!"r'],
  [560, '*?JL_`csz“”¿–·'],
  [600, 'kvxy'],
  [640, '0123456789$FTabdeghnopqu{}'],
  [700, 'ABEKPSVXYZ'],
  [780, '&CDGHNRU'],
  [840, '#+<=>OQ^w~'],
];

const WIDTHS = new Map(
  GROUPS.flatMap(([width, characters]) => Array.from(characters, (each) => [each, width] as const)),
);
/** Everything else: M, W, Cyrillic, Chinese. */
const WIDEST = 1060;
const EMOJI = 1400;
const BOLD = 90;

/** The most that a text takes in any system font, pixels. */
export function widthOf(text: string, { size, bold = false }: Font): number {
  let thousandths = 0;
  // Accents are put on their letter.
  for (const character of text.normalize('NFD')) {
    if (/\p{M}/u.test(character)) continue;
    const width = WIDTHS.get(character) ?? (/\p{Extended_Pictographic}/u.test(character) ? EMOJI : WIDEST);
    thousandths += width + (bold ? BOLD : 0);
  }
  return (thousandths * size) / 1000;
}

export interface Paragraph {
  readonly font: Font;
  /** Pixels. */
  readonly width: number;
  /** Lines. */
  readonly most: number;
  /** What stands at the end of a text that is cut short. */
  readonly more?: string;
}

/** Breaks a text into lines that are not wider than the paragraph; what is too much is left out. */
export function linesOf(text: string, paragraph: Paragraph): readonly string[] {
  const { font, width, most } = paragraph;
  const lines: string[] = [];
  let line = '';
  for (const piece of piecesOf(text, font, width)) {
    if (line !== '' && widthOf((line + piece).trimEnd(), font) > width) {
      lines.push(line.trimEnd());
      line = piece;
    } else line += piece;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), cut(lines[most - 1] ?? '', paragraph)];
}

/** Where a line may end: after a space or a hyphen, and inside a word that is wider than the line. */
function piecesOf(text: string, font: Font, width: number): readonly string[] {
  return (text.match(/[^ \n-]*(?:-+|[ \n]+|$)/g) ?? []).flatMap((word) => {
    if (widthOf(word.trimEnd(), font) <= width) return [word];
    const pieces = [''];
    for (const character of word) {
      const longer = (pieces.at(-1) ?? '') + character;
      if (widthOf(longer.trimEnd(), font) > width) pieces.push(character);
      else pieces[pieces.length - 1] = longer;
    }
    return pieces;
  });
}

function cut(line: string, { font, width, more = '…' }: Paragraph): string {
  let kept = line;
  while (kept !== '' && widthOf(kept.trimEnd() + more, font) > width) kept = Array.from(kept).slice(0, -1).join('');
  // Whole words, as far as there are some.
  const end = /^\S/.test(line.slice(kept.length)) ? kept.lastIndexOf(' ') : kept.length;
  return kept.slice(0, end > 0 ? end : kept.length).replace(/[\s,.:;]+$/, '') + more;
}
