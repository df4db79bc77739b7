import { CST, Lexer } from 'yaml';
import { Strays } from './strays.ts';
import type { Found } from './trap.ts';

/** Longest callflow or prompt file, in characters; beyond it the parser's time is not bounded. */
const LONGEST = 64 * 1024;
/** Most names and list entries. */
const MOST = 4_000;
/** Most words, signs, comments and line breaks; each costs some microseconds. */
const MOST_TOKENS = 20_000;
/** Most words and signs that are not where they can be; each costs tens of microseconds. */
const MOST_STRAYS = 100;
/** Deepest nesting; thousands overflow the parser's stack, which can end the process. */
const DEEPEST = 32;
/** The furthest right that a line may begin: nesting by indentation is as deep as that at most. */
const FURTHEST = 256;

type Kind = Exclude<ReturnType<typeof CST.tokenType>, 'scalar' | 'doc-mode' | 'byte-order-mark' | null>;

/** A piece of the text, as the lexer of the parser sees it. */
export interface Token {
  /** `plain` is a text without quotes, `block-text` one below `|` or `>`. */
  readonly kind: Kind | 'plain' | 'block-text' | 'unknown';
  readonly text: string;
  readonly offset: number;
}

/** The lexer's mark before a scalar: what follows is text, whatever it looks like. */
const SCALAR = '\u001F';
/** Its mark where brackets end without being closed. */
const FLOW_END = '\u0018';
/** Its other mark, which stands for nothing in the text. */
const DOCUMENT = '\u0002';

export interface Scanned {
  readonly tokens: readonly Token[];
  /** What the lexer said, its marks included: the parser goes on from here. */
  readonly lexemes: readonly string[];
  /** How much of the text is worth reading: what follows so many mistakes is not. */
  readonly length: number;
}

/**
 * The tokens of a text, or why it is refused before the parser, which recurses, sees it. What this and the parser after
 * it cost is bounded, whatever the text.
 */
export function tokensOf(text: string): Scanned | { readonly refused: Found } {
  if (text.length > LONGEST) return { refused: tooLong(text) };
  const tokens: Token[] = [];
  const lexemes: string[] = [];
  const bounds = new Bounds();
  const strays = new Strays();
  let offset = 0;
  let isText = false;
  let header = false;
  for (const piece of new Lexer().lex(text)) {
    lexemes.push(piece);
    if (!isText && (piece === SCALAR || piece === DOCUMENT || piece === FLOW_END)) {
      isText = piece === SCALAR;
      if (piece !== FLOW_END) continue;
      const end: Token = { kind: 'flow-error-end', text: '', offset };
      tokens.push(end);
      strays.see(end);
      bounds.leaveBrackets();
      continue;
    }
    const kind = isText ? (header ? 'block-text' : 'plain') : (CST.tokenType(piece) as Kind | null);
    const token: Token = { kind: kind ?? 'unknown', text: piece, offset };
    const refused = bounds.refuse(token);
    if (refused !== null) return { refused };
    if (piece !== '') tokens.push(token);
    strays.see(token);
    if (strays.count > MOST_STRAYS) return { tokens, lexemes, length: offset + piece.length };
    header = token.kind === 'block-scalar-header' || (header && !isText);
    isText = false;
    offset += piece.length;
  }
  return { tokens, lexemes, length: text.length };
}

/** Counts what the parser has to build, and how deep. */
class Bounds {
  private brackets = 0;
  private dashes = 0;
  private entries = 0;
  private tokens = 0;
  private lineBegins = true;

  leaveBrackets(): void {
    this.brackets = 0;
  }

  refuse({ kind, text, offset }: Token): Found | null {
    const isFar = this.lineBegins && kind === 'space' && text.length > FURTHEST;
    if (kind !== 'space') this.lineBegins = kind === 'newline';
    if (kind === 'newline') this.dashes = 0;
    if (kind !== 'space') this.tokens += 1;
    if (ENTRIES.has(kind)) this.entries += 1;
    if (kind === 'flow-map-start' || kind === 'flow-seq-start') this.brackets += 1;
    if (kind === 'flow-map-end' || kind === 'flow-seq-end') this.brackets = Math.max(0, this.brackets - 1);
    if (kind === 'seq-item-ind' || kind === 'explicit-key-ind') this.dashes += 1;
    if (isFar || this.brackets + this.dashes > DEEPEST) return tooDeep(offset);
    return this.entries > MOST || this.tokens > MOST_TOKENS ? tooMany(offset) : null;
  }
}

const ENTRIES: ReadonlySet<Token['kind']> = new Set(['map-value-ind', 'comma', 'seq-item-ind', 'explicit-key-ind']);

function tooLong(text: string): Found {
  return {
    code: 'CF001',
    offset: 0,
    message: `The file has ${text.length} characters; at most ${LONGEST} are read.`,
    fix: 'Split it: put a part into a callflow of its own and link to it.',
  };
}

function tooMany(offset: number): Found {
  return {
    code: 'CF001',
    offset,
    message: `The file goes on here; at most ${MOST} names and entries, and ${MOST_TOKENS} words and signs, are read.`,
    fix: 'Split it: put a part into a callflow of its own and link to it.',
  };
}

function tooDeep(offset: number): Found {
  return {
    code: 'CF001',
    offset,
    message: `Brackets, lists or indentation are nested too deep here; at most ${DEEPEST} levels are read.`,
    fix: 'Close the brackets, or write one entry a line instead.',
  };
}
