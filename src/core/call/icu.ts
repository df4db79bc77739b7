import { parse, type ParserOptions } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { namesIn, NODE, type WordingNode } from './wording-tree.ts';

/** The tree of a text in ICU MessageFormat. Throws what the parser throws. */
export function readTree(
  text: string,
  locale: string,
  options: Pick<ParserOptions, 'ignoreTag'> = {},
): readonly WordingNode[] {
  return parse(text, { ...options, captureLocation: true, locale: new Intl.Locale(locale) }) as readonly WordingNode[];
}

/**
 * Formats a tree. The library's formatter is made when it is first used: making one asks ICU for the locale, which
 * takes longer than reading the text, and most texts of a project are never spoken in one run.
 */
export function formatter(tree: readonly WordingNode[], locale: string): (values: Record<string, unknown>) => unknown {
  let message: IntlMessageFormat | null = null;
  return (values) => {
    message ??= new IntlMessageFormat(tree as never, locale);
    return message.format(values);
  };
}

/** Whether a text has values that ICU writes: what is wrong with them, an unknown currency say, shows only then. */
export function isFormatted(tree: readonly WordingNode[]): boolean {
  return namesIn(tree, [NODE.number, NODE.date, NODE.time]).length > 0;
}

/** A value for each variable of a text, to see whether it can be formatted. */
export function sample(variables: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(variables.map((name) => [name, 1]));
}
