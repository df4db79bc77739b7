/** The keys a scripted caller presses: `1001#,2,{code}`, one group for each question that listens. */
import { DialproofError } from '../core/errors.ts';
import type { KeyPress } from './gather.ts';

const CODE_TOKENS = { '{code}': 'code', '{wrong}': 'wrong', '{old}': 'old' } as const;

/** `code`: the newest one sent in this call; `old`: the one before it; `wrong`: well-formed and surely not right. */
export type CodeToken = (typeof CODE_TOKENS)[keyof typeof CODE_TOKENS];

export type KeyPart =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'code'; readonly which: CodeToken };

/** What is done at one question; no parts: silence. */
export interface KeyGroup {
  readonly parts: readonly KeyPart[];
  /** Said in place of pressing keys. */
  readonly words?: string;
  /** Hang up after the last key instead of waiting. */
  readonly hangUp: boolean;
}

/**
 * Reads a list of key groups; spaces do not count, an empty text is no group at all.
 * @throws DialproofError `usage-wrong` with the position (from 1) of the first mistake
 */
export function parseKeys(text: string): readonly KeyGroup[] {
  if (text.trim() === '') return [];
  let position = 1;
  return splitGroups(text).map((source) => {
    const group = parseGroup(source, position);
    position += source.length + 1;
    return group;
  });
}

/** A comma between double quotes is part of what is said. */
function splitGroups(text: string): readonly string[] {
  const groups = [''];
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    if (char === ',' && !quoted) groups.push('');
    else groups[groups.length - 1] += char;
  }
  return groups;
}

interface Token {
  readonly text: string;
  readonly at: number;
}

function parseGroup(source: string, position: number): KeyGroup {
  const tokens = [...source.matchAll(/"[^"]*"?|\{[^}]*\}?|\S/gu)].map((match) => ({
    text: match[0],
    at: position + match.index,
  }));
  const last = tokens.at(-1);
  if (last === undefined) {
    throw invalid(
      `The group at position ${position} is empty.`,
      'Write "-" to stay silent at a question, or take the comma out.',
    );
  }
  if (tokens.length === 1 && isSilence(last)) return { parts: [], hangUp: false };
  const hangUp = last.text === '{hangup}';
  const acts = hangUp ? tokens.slice(0, -1) : tokens;
  const [first] = acts;
  if (first?.text.startsWith('"') === true && acts.length === 1) return { parts: [], words: readWords(first), hangUp };
  return { parts: acts.map(readPart), hangUp };
}

function readWords({ text, at }: Token): string {
  const words = /^"([^"]*)"$/.exec(text)?.[1]?.trim() ?? '';
  if (words !== '') return words;
  throw invalid(`The words at position ${at} are empty or never closed.`, 'Write for example "one two three".');
}

function readPart(token: Token): KeyPart {
  const { text, at } = token;
  if (/^[0-9*#]$/.test(text)) return { kind: 'key', key: text };
  if (isCodeToken(text)) return { kind: 'code', which: CODE_TOKENS[text] };
  if (isSilence(token)) {
    throw invalid(
      `"${text}" at position ${at} asks for silence in a group that does more.`,
      'Give the silence a group of its own, for example "1,-,2".',
    );
  }
  if (text === '{hangup}') {
    throw invalid(
      `"{hangup}" at position ${at} is not the last of its group.`,
      'Nothing can be pressed after hanging up.',
    );
  }
  if (text.startsWith('"')) {
    throw invalid(
      `The words at position ${at} stand in a group that does more.`,
      'Give what is said a group of its own, for example 1,"one two three",2.',
    );
  }
  const tokens = 'Keys are 0-9, * and #. Others are {code}, {wrong}, {old}, {silence} (or -), {hangup} and "words".';
  if (!text.startsWith('{')) throw invalid(`"${text}" at position ${at} is not a key of a telephone.`, tokens);
  if (!text.endsWith('}')) throw invalid(`The "{" at position ${at} is never closed in its group.`, tokens);
  throw invalid(`"${text}" at position ${at} is not known.`, tokens);
}

function isSilence(token: Token): boolean {
  return token.text === '-' || token.text === '{silence}';
}

function isCodeToken(text: string): text is keyof typeof CODE_TOKENS {
  return Object.hasOwn(CODE_TOKENS, text);
}

function invalid(message: string, fix: string): DialproofError {
  return new DialproofError('usage-wrong', message, { fix });
}

/** Milliseconds between two keys of a practised caller: well under the shortest timer of a Gather. */
const KEY_GAP_MS = 300;

/** Keys typed one after the other, the first at `from`. */
export function typeKeys(keys: string, from: number): readonly KeyPress[] {
  return keys.split('').map((key, index) => ({ key, at: from + index * KEY_GAP_MS }));
}
