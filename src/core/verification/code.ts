/** A code lives from the moment it was issued until its lifetime is over, both ends included (D15, G65). */
export function isAlive(code: { readonly issuedAt: number; readonly expiresAt: number }, now: number): boolean {
  return now >= code.issuedAt && now <= code.expiresAt;
}

/** Of codes whose end is for others to say, milliseconds: longer than any call lasts. */
export const NO_LIFETIME = 24 * 3_600_000;

/** The lifetime as prompts and messages name it: whole minutes, and 0 where nobody here knows it. */
export function inMinutes(lasts: number | null): number {
  return Math.round((lasts ?? 0) / 60_000);
}
