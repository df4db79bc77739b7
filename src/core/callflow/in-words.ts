import { isMethod, TRAITS } from '../method.ts';

/** "1 silence", "3 silences". */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(items: readonly string[], word: 'and' | 'or' = 'and'): string {
  const last = items.at(-1) ?? '';
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** Milliseconds as people say them: "5 minutes", "8 seconds", "2.5 seconds". */
export function lasting(ms: number): string {
  for (const [unit, size] of [
    ['hour', 3_600_000],
    ['minute', 60_000],
  ] as const)
    if (ms >= size && ms % size === 0) return counted(ms / size, unit);
  return counted(ms / 1000, 'second');
}

/** A way to get a code, as callers call it. */
export function methodInWords(method: string): string {
  return isMethod(method) ? TRAITS[method].inWords : method;
}

/** With a capital letter, as a sentence begins. */
export function sentenceOf(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
