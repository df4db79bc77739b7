import { loadWordings, type Recordings, type Wordings } from '../call/prompts.ts';
import type { Finding } from './finding.ts';
import type { PromptFile, PromptSource } from './project.ts';

/** The prompt file that holds what every callflow needs in a locale. */
export const STANDARD = 'standard';

/** Every prompt file that could be read, each on top of those that it builds on. */
export interface PromptShelf {
  readonly files: readonly PromptFile[];
  find(callflow: string, locale: string): PromptFile | 'missing' | 'unread';
  /**
   * The languages of a callflow: those that it, or the built-in callflow that it uses, has a prompt file for, and the
   * default one. Of a language in which a file cannot be read, nothing can be said.
   */
  spokenBy(callflow: string): ReadonlyMap<string, Wordings>;
}

/** A callflow's own prompts lie over those of the built-in callflow that it uses, and these over the standard ones. */
export function readPrompts(
  sources: readonly PromptSource[],
  options: {
    readonly uses: ReadonlyMap<string, string | null>;
    readonly defaultLocale: string;
    /** By locale; null where there are only texts. */
    readonly recordings: ReadonlyMap<string, Recordings> | null;
  },
  findings: Finding[],
): PromptShelf {
  const { uses, defaultLocale, recordings } = options;
  const read = new Map<PromptSource, PromptFile | 'unread'>();
  const under = (callflow: string): string | null => {
    if (callflow === STANDARD) return null;
    const used = uses.get(callflow) ?? null;
    return used === null || used === callflow ? STANDARD : used;
  };
  const find = (callflow: string, locale: string): PromptFile | 'missing' | 'unread' => {
    const source = sources.find((each) => each.callflow === callflow && each.locale === locale);
    return source === undefined ? 'missing' : readOnce(source);
  };
  /** What is said in a language; null where nothing is known of it. */
  const wordingsOf = (callflow: string | null, locale: string): Wordings | null => {
    if (callflow === null) return null;
    const file = find(callflow, locale);
    if (file === 'missing') return wordingsOf(under(callflow), locale);
    return file === 'unread' ? null : file.wordings;
  };
  const readOnce = (source: PromptSource): PromptFile | 'unread' => {
    const known = read.get(source);
    if (known !== undefined) return known;
    const { locale } = source;
    const base = wordingsOf(under(source.callflow), locale);
    const { findings: found, ...loaded } = loadWordings(source, base, recordings?.get(locale));
    findings.push(...found);
    const file = loaded.wordings === null ? 'unread' : { source, ...loaded };
    read.set(source, file);
    return file;
  };
  for (const source of sources) readOnce(source);
  const isKnown = (callflow: string | null, locale: string): boolean =>
    callflow === null || (find(callflow, locale) !== 'unread' && isKnown(under(callflow), locale));
  return {
    files: [...read.values()].filter((each) => each !== 'unread'),
    find,
    spokenBy: (callflow) => {
      const own = [callflow, under(callflow)].filter((each) => each !== STANDARD);
      const locales = sources.filter((each) => own.includes(each.callflow)).map((each) => each.locale);
      const spoken = new Map<string, Wordings>();
      for (const locale of new Set([defaultLocale, ...locales])) {
        const wordings = wordingsOf(callflow, locale);
        const hasStandard = find(STANDARD, locale) !== 'missing';
        if (wordings !== null && hasStandard && isKnown(callflow, locale)) spoken.set(locale, wordings);
      }
      return spoken;
    },
  };
}
