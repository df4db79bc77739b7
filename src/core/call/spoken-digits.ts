/** So many readings of one utterance there are at most. */
export const MOST_READINGS = 2;

/** A longer entry fits no grammar. */
const MOST_DIGITS = 65;

interface Digits {
  readonly words: Readonly<Record<string, string>>;
  /** Words that are digits, or sound like one, and may as well mean themselves: `oh`, `to`, `for`. */
  readonly doubtful: Readonly<Record<string, string>>;
  readonly times: Readonly<Record<string, number>>;
  /** What people say around digits. */
  readonly fillers: readonly string[];
}

const ENGLISH: Digits = {
  words: {
    zero: '0',
    nought: '0',
    one: '1',
    two: '2',
    three: '3',
    four: '4',
    five: '5',
    six: '6',
    seven: '7',
    eight: '8',
    nine: '9',
  },
  doubtful: { oh: '0', o: '0', to: '2', too: '2', for: '4' },
  times: { double: 2, triple: 3 },
  fillers: ['and', 'then', 'it', 'is', 's', 'my', 'the', 'number', 'account', 'um', 'uh', 'please', 'dash', 'hyphen'],
};

const SPANISH: Digits = {
  words: {
    cero: '0',
    uno: '1',
    dos: '2',
    tres: '3',
    cuatro: '4',
    cinco: '5',
    seis: '6',
    siete: '7',
    ocho: '8',
    nueve: '9',
  },
  doubtful: {},
  times: { doble: 2, triple: 3 },
  fillers: ['y', 'es', 'el', 'la', 'mi', 'número', 'numero', 'de', 'cuenta', 'eh', 'por', 'favor', 'guion', 'guión'],
};

const OTHERS: Digits = { words: {}, doubtful: {}, times: {}, fillers: [] };

const LANGUAGES: ReadonlyMap<string, Digits> = new Map([
  ['en', ENGLISH],
  ['es', SPANISH],
]);

/**
 * The digits that spoken words may mean, best first: numerals stay, words are read in the language of the locale, "double
 * five" is 55. A doubtful word is a digit first and left out second. None where a word is not about digits at all:
 * leaving it out would make another number.
 */
export function digitReadings(spoken: string, locale: string): readonly string[] {
  const language = LANGUAGES.get(locale.split('-')[0]?.toLowerCase() ?? '') ?? OTHERS;
  const words = spoken.toLowerCase().match(/\d+|\p{L}+/gu) ?? [];
  const asDigits = read(words, { ...language, words: { ...language.words, ...language.doubtful } });
  const leftOut = read(words, { ...language, fillers: [...language.fillers, ...Object.keys(language.doubtful)] });
  return [...new Set([asDigits, leftOut])].filter((reading) => reading !== null && reading !== '') as string[];
}

function read(words: readonly string[], { words: digits, times, fillers }: Digits): string | null {
  let read = '';
  let repeat = 1;
  for (const word of words) {
    const figures = /^\d/.test(word) ? word : own(digits, word);
    const factor = own(times, word);
    if (figures !== undefined) {
      read += (figures[0] ?? '').repeat(repeat - 1) + figures;
      repeat = 1;
    } else if (repeat > 1) return null;
    else if (factor !== undefined) repeat = factor;
    else if (!fillers.includes(word)) return null;
  }
  return repeat > 1 ? null : read.slice(0, MOST_DIGITS);
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
