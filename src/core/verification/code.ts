/** A code lives from the moment it was issued until its lifetime is over, both ends included (D15, G65). */
export function isAlive(code: { readonly issuedAt: number; readonly expiresAt: number }, now: number): boolean {
  return now >= code.issuedAt && now <= code.expiresAt;
}

/** Of codes whose end is for others to say, milliseconds: longer than any call lasts. */
export const NO_LIFETIME = 24 * 3_600_000;

/** Authenticator applications show codes of six digits, whatever is set for others (RFC 6238 as they all have it). */
const AUTHENTICATOR_DIGITS = 6;

/** How many digits the code has that a caller enters: those of another system are as the setting says (G62, D8). */
export function digitsOfCode(
  code: { readonly digits: number; readonly 'made-by': 'internal' | 'external' },
  method: string | null,
): number {
  return method === 'authenticator' && code['made-by'] === 'internal' ? AUTHENTICATOR_DIGITS : code.digits;
}

/** The lifetime as prompts and messages name it: whole minutes, and 0 where nobody here knows it. */
export function inMinutes(lasts: number | null): number {
  return Math.round((lasts ?? 0) / 60_000);
}
