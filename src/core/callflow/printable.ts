/** Looks like an ordinary space or like nothing at all, and is neither to YAML. */
const ODD_SPACES = /[\u00A0\u1680\u2000-\u200D\u202F\u205F\u2060\u3000\uFEFF]/;
/** Would move the cursor, colour the terminal or turn the direction of writing around. */
const CONTROLS = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\p{Cs}]/u;
/** Two columns wide on a terminal: East Asian letters and pictures. */
const WIDE =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F1E6}-\u{1F1FF}\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]|\uFE0F|^\p{Emoji_Presentation}/u;

/** One character as a reader sees it, letter and accents together. */
export interface Cell {
  /** Where it begins in the text, in UTF-16 units. */
  readonly offset: number;
  /** What is printed for it. */
  readonly text: string;
  /** Columns of a terminal. */
  readonly width: number;
}

/** The characters of one line as a terminal shows them; tabs, odd spaces and control characters are made visible. */
export function cellsOf(line: string): readonly Cell[] {
  const characters = /^[ -~]*$/.test(line) ? Array.from(line, plain) : [...new Intl.Segmenter().segment(line)];
  return characters.map(({ segment, index }) => ({ offset: index, ...shown(segment) }));
}

/** The text as it may safely be printed. Line breaks stay; texts from files are never trusted with a terminal. */
export function printable(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      cellsOf(line)
        .map((cell) => cell.text)
        .join(''),
    )
    .join('\n');
}

/** Whether a character is a space to people but none to YAML. */
export function isOddSpace(character: string): boolean {
  return ODD_SPACES.test(character);
}

function plain(segment: string, index: number): { readonly segment: string; readonly index: number } {
  return { segment, index };
}

function shown(character: string): Omit<Cell, 'offset'> {
  if (character >= ' ' && character <= '~') return { text: character, width: 1 };
  if (character === '\t') return { text: '→   ', width: 4 };
  if (character.length === 1 && isOddSpace(character)) return { text: '␣', width: 1 };
  if (CONTROLS.test(character)) return { text: '\uFFFD', width: 1 };
  if (/^\p{M}+$/u.test(character)) return { text: character, width: 0 };
  return { text: character, width: WIDE.test(character) ? 2 : 1 };
}
