/** What a designer wrote, as a sentence names it: `"hello"`, `5`, `a list`. */
export function phrase(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a group of names with values';
  if (typeof value !== 'string')
    return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : typeof value;
  return `"${value.length > 60 ? `${value.slice(0, 59)}…` : value}"`;
}

/** The same where a sentence begins with it. */
export function phraseFirst(value: unknown): string {
  const text = phrase(value);
  return typeof value === 'object' ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
