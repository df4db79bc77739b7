/** THE list of traps. What is behind a stumble is looked for in this order: what is certain first. */
import type { Trap } from '../trap.ts';
import { afterQuotes } from './after-quotes.ts';
import { alias } from './alias.ts';
import { anchors } from './anchors.ts';
import { backslash } from './backslash.ts';
import { colonInText } from './colon-in-text.ts';
import { comma } from './comma.ts';
import { curlyQuotes } from './curly-quotes.ts';
import { cutShort } from './cut-short.ts';
import { documents } from './documents.ts';
import { encoding } from './encoding.ts';
import { environmentName } from './environment-name.ts';
import { firstCharacter } from './first-character.ts';
import { hashKey } from './hash-key.ts';
import { indentation } from './indentation.ts';
import { listAmongNames } from './list-among-names.ts';
import { noColon } from './no-colon.ts';
import { oddSpaces } from './odd-spaces.ts';
import { openBracket } from './open-bracket.ts';
import { openQuote } from './open-quote.ts';
import { quoteInQuotes } from './quote-in-quotes.ts';
import { spaceAfterColon } from './space-after-colon.ts';
import { tabIndent } from './tab-indent.ts';
import { tags } from './tags.ts';
import { textInBraces } from './text-in-braces.ts';
import { valueBelow } from './value-below.ts';

export const TRAPS: readonly Trap[] = [
  encoding,
  documents,
  alias,
  anchors,
  tags,
  hashKey,
  curlyQuotes,
  oddSpaces,
  tabIndent,
  backslash,
  openQuote,
  quoteInQuotes,
  environmentName,
  textInBraces,
  spaceAfterColon,
  firstCharacter,
  cutShort,
  comma,
  afterQuotes,
  valueBelow,
  listAmongNames,
  indentation,
  openBracket,
  colonInText,
  noColon,
];
