/** A count that can be believed; anything else is taken as exhausted. */
export function isCount(value: number | null): value is number {
  return value !== null && Number.isSafeInteger(value) && value >= 0;
}
