/** Everything in a value that is not a map itself, by its name: `code.digits`; lists as one text. */
export function leavesOf(value: unknown, at: readonly string[] = []): ReadonlyMap<string, string> {
  if (value === undefined) return new Map();
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return new Map([[at.join('.'), written(value)]]);
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...leavesOf(inner, [...at, key])]));
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.map(written).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** "`what` is "a" instead of "b"." */
export function changed(what: string, was: string | undefined, is: string | undefined): string {
  if (is === undefined) return `${what} is gone; it was "${was}".`;
  return was === undefined ? `${what} is new: "${is}".` : `${what} is "${is}" instead of "${was}".`;
}
