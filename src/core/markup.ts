/** Text that is HTML already; all other text is escaped where it goes into a page. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | readonly Html[];

/** A piece of a page: what is put into it is escaped, in elements and in attributes in double quotes. */
export function markup(pieces: TemplateStringsArray, ...values: readonly Value[]): Html {
  return new Html(pieces.map((piece, index) => (index === 0 ? '' : written(values[index - 1] ?? '')) + piece).join(''));
}

/** A piece that is there only sometimes. */
export function when(condition: boolean, piece: () => Html): Html {
  return condition ? piece() : NOTHING;
}

const NOTHING = new Html('');

function written(value: Value): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return escaped(String(value));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** No page may hold them, or they would turn the direction of what follows around. */
const UNPRINTABLE = /(?![\t\n])[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu;

function escaped(text: string): string {
  return text.replaceAll(UNPRINTABLE, '\uFFFD').replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
