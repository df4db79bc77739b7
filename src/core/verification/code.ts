/** A code lives from the moment it was issued until its lifetime is over, both ends included (D15, G65). */
export function isAlive(code: { readonly issuedAt: number; readonly expiresAt: number }, now: number): boolean {
  return now >= code.issuedAt && now <= code.expiresAt;
}
