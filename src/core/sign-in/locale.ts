/** The first of the languages that is spoken, or that is spoken elsewhere (`es-MX` by `es-ES`); else the usual one. */
export function localeFor(
  languages: readonly string[],
  { spoken, usual }: { readonly spoken: readonly string[]; readonly usual: string },
): string {
  for (const language of languages) {
    const found =
      spoken.find((each) => same(each, language)) ?? spoken.find((each) => same(base(each), base(language)));
    if (found !== undefined) return found;
  }
  return usual;
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function base(locale: string): string {
  return locale.split('-')[0] ?? '';
}
