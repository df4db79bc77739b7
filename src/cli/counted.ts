/** `1 file`, `2 files`; `?` for a number that is not known. */
export function counted(count: number | null, what: string): string {
  return `${count ?? '?'} ${what}${count === 1 ? '' : 's'}`;
}
