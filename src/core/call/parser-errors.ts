import { suggestion } from '../callflow/similar.ts';
import { TAGS } from './wording-tree.ts';

export const MONEY = 'For money write {Balance, number, ::currency/USD}; a currency is three letters.';
export const EXAMPLE = '{left, plural, one {# try} other {# tries}}';
export const THE_TAGS = `The tags are ${TAGS.map((tag) => `<${tag}>`).join(' ')}.`;

type Explained = readonly [reason: string, fix: string];

/** By the parser's own name of an error: `at` is the place it names, `rest` the text from there on, `before` up to there. */
export const EXPLAINED: Readonly<Record<string, (at: string, rest: string, before: string) => Explained>> = {
  EXPECT_ARGUMENT_CLOSING_BRACE: (_at, rest) => neverClosed(rest),
  MALFORMED_ARGUMENT: (_at, rest) => noName(rest),
  EMPTY_ARGUMENT: () => ['{} names nothing.', 'Write the name of a value between the braces: {digits}.'],
  INVALID_ARGUMENT_TYPE: (at, _rest, before) => noFormat(at, before),
  EXPECT_ARGUMENT_TYPE: (_at, _rest, before) => noFormat('', before),
  EXPECT_ARGUMENT_STYLE: () => noNumberFormat(''),
  INVALID_NUMBER_SKELETON: (at) => noNumberFormat(at),
  EXPECT_DATE_TIME_SKELETON: () => [
    'prompts do not speak dates and times.',
    'Let it be handed over as a text, and write its name alone, in braces.',
  ],
  MISSING_OTHER_CLAUSE: () => ['"other" is missing among the choices.', `Add it for all the rest: ${EXAMPLE}.`],
  EXPECT_PLURAL_ARGUMENT_SELECTOR: () => noChoices(),
  EXPECT_PLURAL_ARGUMENT_SELECTOR_FRAGMENT: () => noChoices(),
  EXPECT_SELECT_ARGUMENT_OPTIONS: () => noChoices(),
  EXPECT_SELECT_ARGUMENT_SELECTOR: () => noChoices(),
  EXPECT_SELECT_ARGUMENT_SELECTOR_FRAGMENT: () => noChoices(),
  DUPLICATE_PLURAL_ARGUMENT_SELECTOR: (at) => [`the choice "${at}" stands there twice.`, 'Write each choice once.'],
  DUPLICATE_SELECT_ARGUMENT_SELECTOR: (at) => [`the choice "${at}" stands there twice.`, 'Write each choice once.'],
  UNCLOSED_TAG: (_at, rest) => {
    const tag = firstWord(rest);
    return [`<${tag}> is never closed.`, `Write </${tag}> where it ends.`];
  },
  UNMATCHED_CLOSING_TAG: (_at, rest) => [
    `</${firstWord(rest)}> does not close the tag that was opened last.`,
    'Each tag is opened and closed by the same name, the last one first: <slow><digits>{last2}</digits></slow>.',
  ],
  INVALID_TAG: (_at, rest) => [
    `the tag <${firstWord(rest)} cannot be read.`,
    `A tag is its name between < and >, nothing else: <digits>{last2}</digits>. ${THE_TAGS}`,
  ],
};

function neverClosed(rest: string): Explained {
  const name = firstWord(rest);
  return rest.includes(',')
    ? [`"{${name}, ..." is never closed.`, `Close every brace that is opened: ${EXAMPLE}.`]
    : [`"{${name}" is never closed.`, `Write {${name}}.`];
}

function noName(rest: string): Explained {
  const name = firstWord(rest);
  const written = /^\{+[^{}]*\}+/.exec(rest)?.[0];
  if (written === undefined && name !== '') return [`"{${name}" is never closed.`, `Write {${name}}.`];
  if (written === `{{${name}}}`) return [`${written} has two braces where one belongs.`, `Write {${name}}.`];
  return [
    `${written ?? '{'} is no name.`,
    'A name is letters, digits and underscores between single braces: {AccountNumber}.',
  ];
}

function noFormat(written: string, before: string): Explained {
  const kinds = ['number', 'plural', 'select', 'selectordinal'];
  const name = /([\p{L}\p{N}_]+)\s*,\s*$/u.exec(before)?.[1] ?? 'digits';
  const reason = written === '' ? 'nothing follows the comma.' : `"${written}" is no kind of value.`;
  return [
    `${reason}${suggestion(written, kinds)}`,
    `Write {${name}} if that is all; after a comma comes number, plural or select: ${EXAMPLE}.`,
  ];
}

function noNumberFormat(written: string): Explained {
  return [`the number's format "${written}" cannot be read.`, MONEY];
}

function noChoices(): Explained {
  return ['the choices cannot be read from here on.', `After each choice stands its text, in braces: ${EXAMPLE}.`];
}

export function firstWord(text: string): string {
  return /[\p{L}\p{N}_-]+/u.exec(text)?.[0] ?? '';
}
