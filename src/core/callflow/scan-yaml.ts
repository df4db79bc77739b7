import { Lexer } from 'yaml';

/** Longest callflow or prompt file, in characters; beyond it the parser's time is not bounded. */
const LONGEST = 64 * 1024;
/** Deepest nesting; thousands overflow the parser's stack, which can end the process. */
const DEEPEST = 32;
/** The furthest right that a line may begin: nesting by indentation is as deep as that at most. */
const FURTHEST = 256;

/** The lexer's mark before a scalar: what follows is text, whatever it looks like. */
const SCALAR = '\u001F';
/** Its other marks, which stand for nothing in the text. */
const MARKS: ReadonlySet<string> = new Set(['\u0002', '\u0018', SCALAR]);

export interface Refused {
  readonly code: string;
  readonly offset: number;
  readonly message: string;
  readonly fix: string;
}

/** What must be refused before the parser, which recurses, sees the text; null when nothing is. */
export function scanYaml(text: string): Refused | null {
  if (text.length > LONGEST) {
    return {
      code: 'CF001',
      offset: 0,
      message: `The file has ${text.length} characters; at most ${LONGEST} are read.`,
      fix: 'Split it: put a part into a callflow of its own and link to it.',
    };
  }
  let offset = 0;
  let brackets = 0;
  let dashes = 0;
  let isText = false;
  let lineBegins = true;
  for (const token of new Lexer().lex(text)) {
    if (MARKS.has(token)) {
      isText = token === SCALAR;
      continue;
    }
    if (isText) lineBegins = false;
    else if (token.startsWith('\n') || token.startsWith('\r')) [dashes, lineBegins] = [0, true];
    else if (token === '[' || token === '{') brackets += 1;
    else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
    else if (token === '-' || token === '?') dashes += 1;
    else if (token.startsWith('*')) return alias(token, offset);
    else if (lineBegins && token.trim() === '' && token.length > FURTHEST) return tooDeep(offset);
    if (brackets + dashes > DEEPEST) return tooDeep(offset);
    isText = false;
    offset += token.length;
  }
  return null;
}

function alias(token: string, offset: number): Refused {
  return {
    code: 'CF003',
    offset,
    message: `"${token.replace(/:$/, '')}" is a YAML alias, which callflows do not use.`,
    fix: 'For the star key write `star`; put a text that begins with * in quotes.',
  };
}

function tooDeep(offset: number): Refused {
  return {
    code: 'CF001',
    offset,
    message: `Brackets, lists or indentation are nested too deep here; at most ${DEEPEST} levels are read.`,
    fix: 'Close the brackets, or write one entry a line instead.',
  };
}
