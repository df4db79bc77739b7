/** A moment of the wall clock, for operators: `2026-11-23 02:40 UTC`. */
export function inUtc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
