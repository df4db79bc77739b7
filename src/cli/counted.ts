/** `1 file`, `2,000 files`; `?` for a number that is not known. */
export function counted(count: number | null, what: string): string {
  return `${count?.toLocaleString('en-US') ?? '?'} ${what}${count === 1 ? '' : 's'}`;
}
