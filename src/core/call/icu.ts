import { parse, type ParserOptions } from '@formatjs/icu-messageformat-parser';
import { formatToParts, IntlMessageFormat, type Formatters } from 'intl-messageformat';
import { NODE, walk, type WordingNode } from './wording-tree.ts';

/** The tree of a text in ICU MessageFormat. Throws what the parser throws. */
export function readTree(
  text: string,
  locale: string,
  options: Pick<ParserOptions, 'ignoreTag'> = {},
): readonly WordingNode[] {
  return parse(text, { ...options, captureLocation: true, locale: new Intl.Locale(locale) }) as readonly WordingNode[];
}

/**
 * The pieces of a text with its values. ICU is asked only for what numbers and plurals need: `check` reads every text,
 * and ICU takes longer to find its locales than the checker to read them.
 */
export function piecesOf(
  tree: readonly WordingNode[],
  locale: string,
  values: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  const parts = formatToParts(tree as never, locale, FORMATTERS, IntlMessageFormat.formats, values as never);
  return parts.map(({ value }) => value);
}

const FORMATTERS: Formatters = {
  getNumberFormat: kept((locale, options) => new Intl.NumberFormat(locale, options as Intl.NumberFormatOptions)),
  getDateTimeFormat: kept((locale, options) => new Intl.DateTimeFormat(locale, options as Intl.DateTimeFormatOptions)),
  getPluralRules: kept((locale, options) => new Intl.PluralRules(locale, options as Intl.PluralRulesOptions)),
};

/** One of each kind, made when it is first needed. */
function kept<T>(
  make: (locale: string, options: object | undefined) => T,
): (locale?: string | readonly string[], options?: object) => T {
  const made = new Map<string, T>();
  return (locale, options) => {
    const key = JSON.stringify([locale, options]);
    const known = made.get(key) ?? make(String(locale), options);
    made.set(key, known);
    return known;
  };
}

/** Whether ICU may refuse to write a value of the text, in an unknown unit say: that shows only when it is tried. */
export function isToBeTried(tree: readonly WordingNode[]): boolean {
  let found = false;
  walk(tree, ({ type, style }) => {
    found ||= type === NODE.date || type === NODE.time || (type === NODE.number && !isPlainMoney(style));
  });
  return found;
}

/** A number as it is, or money in a currency of three letters. */
function isPlainMoney(style: WordingNode['style']): boolean {
  if (style === null || style === undefined) return true;
  const { currency = '', ...others } = (typeof style === 'string' ? {} : style.parsedOptions) ?? {};
  const isMoney = ['style', 'currencyDisplay', 'unitDisplay'];
  return /^[A-Z]{3}$/.test(currency) && Object.keys(others).every((option) => isMoney.includes(option));
}

/** A value for each variable of a text, to see whether it can be formatted. */
export function sample(variables: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(variables.map((name) => [name, 1]));
}
