import { suggestion } from '../callflow/similar.ts';
import { readDuration } from '../duration.ts';
import { EXAMPLE, EXPLAINED, firstWord, MONEY, THE_TAGS } from './parser-errors.ts';
import { NODE, plainText, TAGS, walk, type WordingNode } from './wording-tree.ts';

/** Why a text is no wording. The message is the reason, to stand after a colon. */
export class WordingFault extends Error {
  /** What to write instead, as a sentence. */
  readonly fix: string;
  /** The place in the text, from 0. */
  readonly offset: number;

  constructor(reason: string, rest: { readonly fix: string; readonly offset: number }) {
    super(reason);
    this.name = 'WordingFault';
    this.fix = rest.fix;
    this.offset = rest.offset;
  }

  /** Where what is wrong ends in its text: the tag, the placeholder or the word that begins there. */
  endIn(text: string): number {
    const what = /^'?(?:<[^<>]*>|\{[^{}]*\}|\{[\p{L}\p{N}_]+|<?[^\s<>{},]+)/u.exec(text.slice(this.offset));
    return this.offset + Math.max(1, what?.[0].length ?? 1);
  }
}

/** Errors of the parser that come of a brace that is missing. */
const SWALLOWED: ReadonlySet<string> = new Set(['EXPECT_ARGUMENT_CLOSING_BRACE', 'MALFORMED_ARGUMENT', 'UNCLOSED_TAG']);

/** Throws a WordingFault for what the library would take and a voice could not speak. */
export function refuseWhatIsNoSpeech(nodes: readonly WordingNode[], text: string): void {
  walk(nodes, ({ type, value = '', children = [], location }) => {
    const offset = location.start.offset;
    if (type === NODE.tag && !isTag(value)) throw unknownTag(value, offset);
    if (type === NODE.tag && value === 'pause' && readDuration(plainText(children)) === null)
      throw new WordingFault('a pause says how long it is, with its unit.', {
        fix: 'Write <pause>1s</pause> or <pause>500ms</pause>.',
        offset,
      });
    if (type === NODE.date || type === NODE.time)
      throw new WordingFault(`{${value}} is a date or time, which prompts do not speak.`, {
        fix: `Let it be handed over as a text, and write {${value}}.`,
        offset,
      });
    if (type === NODE.literal) refuseMarks(value, text.slice(offset, location.end.offset), offset);
  });
}

/** Marks that have become text. `written` is the same literal with its apostrophes, which stands at `offset`. */
function refuseMarks(value: string, written: string, offset: number): void {
  const mark = /[{}]|<\/?[a-z][^>]*>/i.exec(value)?.[0];
  if (mark === undefined) return;
  const quoted = apostrophe(written, offset);
  if (quoted !== null) throw quoted;
  const at = offset + written.search(/[{}<]/);
  if (!mark.startsWith('<'))
    throw new WordingFault(`"${mark}" stands there without its partner.`, {
      fix: 'Write a name between two braces, as in {digits}, or leave the brace out.',
      offset: at,
    });
  const tag = firstWord(mark);
  if (!isTag(tag)) throw unknownTag(tag, at);
  throw new WordingFault(`${mark} holds nothing, and would be spoken as text.`, {
    fix: `A tag stands around what it is about: ${tag === 'pause' ? '<pause>1s</pause>' : `<${tag}>{last2}</${tag}>`}.`,
    offset: at,
  });
}

/** An apostrophe that makes text of the brace or tag after it; null where there is none. */
function apostrophe(text: string, offset: number): WordingFault | null {
  const quote = /(?<!')'(?='')*[{}<]/.exec(text);
  if (quote === null) return null;
  const what = /^(?:\{[^{}]*\}|<[^<>]*>|.)/.exec(text.slice(quote.index + 1))?.[0] ?? '';
  const before = /\p{L}*$/u.exec(text.slice(0, quote.index))?.[0] ?? '';
  return new WordingFault(`the apostrophe in front of ${what} makes a text of it.`, {
    fix: `Write two apostrophes: ${before}''${what}.`,
    offset: offset + quote.index,
  });
}

function unknownTag(tag: string, offset: number): WordingFault {
  return new WordingFault(`the tag <${tag}> is not known.${suggestion(tag, TAGS)}`, { fix: THE_TAGS, offset });
}

function isTag(name: string): boolean {
  return TAGS.some((tag) => tag === name);
}

/** What the library threw for a text, as a fault that says what to write. */
export function refused(error: unknown, text: string): WordingFault {
  if (error instanceof WordingFault) return error;
  const { message = String(error), location } = error as Partial<ParserError>;
  if (location === undefined)
    return new WordingFault(`${message}.`, { fix: MONEY, offset: Math.max(0, text.search(/\{[^{},]*,\s*number/)) });
  // A tag that closes is named by its word.
  const offset =
    message === 'UNMATCHED_CLOSING_TAG' ? text.lastIndexOf('<', location.start.offset) : location.start.offset;
  const rest = text.slice(offset);
  // An apostrophe that has swallowed a brace makes another one look open.
  const swallowed = SWALLOWED.has(message) ? apostrophe(rest, offset) : null;
  if (swallowed !== null) return swallowed;
  if (message === 'UNCLOSED_TAG' && !isTag(firstWord(rest))) return unknownTag(firstWord(rest), offset);
  const [reason, fix] = EXPLAINED[message]?.(text.slice(offset, location.end.offset), rest, text.slice(0, offset)) ?? [
    `${message.toLowerCase().replaceAll('_', ' ')}.`,
    `Values stand in braces: {digits}, ${EXAMPLE}. ${THE_TAGS}`,
  ];
  return new WordingFault(reason, { fix, offset });
}

interface ParserError {
  readonly message: string;
  readonly location: WordingNode['location'];
}
