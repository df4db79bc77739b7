import { generateSync, generateURI, ScureBase32Plugin, verifySync } from 'otplib';

/** Time steps and codes as every authenticator application has them: SHA-1, 6 digits, 30 seconds (RFC 6238). */
const PERIOD = 30;
/** Steps before and after the present one that are good as well (RFC 6238, 5.2 and 6). */
const WINDOW = 1;
const SECOND = 1_000;

/** The time step of a moment of the wall clock, milliseconds. */
export function stepAt(now: number): number {
  return Math.floor(now / (PERIOD * SECOND));
}

/** When a step begins, milliseconds of the wall clock. */
export function beginOf(step: number): number {
  return step * PERIOD * SECOND;
}

/** The code that an application with this secret shows in a step. */
export function codeOf(secret: Uint8Array, step: number): string {
  return generateSync({ secret, epoch: step * PERIOD });
}

/**
 * The step whose code this is, of those around `now` and later than `after`; null for any other code, and for what is no
 * code at all.
 */
export function matchStep(
  secret: Uint8Array,
  code: string,
  { now, after }: { readonly now: number; readonly after: number },
): number | null {
  // otplib throws on other lengths and digits, and where no step of the window is later (the clock was set back).
  if (!/^[0-9]{6}$/.test(code) || after >= stepAt(now) + WINDOW) return null;
  const verified = verifySync({
    secret,
    token: code,
    epoch: stepAt(now) * PERIOD,
    epochTolerance: WINDOW * PERIOD,
    afterTimeStep: after,
  });
  return verified.valid && 'timeStep' in verified ? verified.timeStep : null;
}

/** Longest label that is asked of an application's list, characters: QR codes grow with it. */
const LONGEST_LABEL = 64;

/** What an application reads from the QR code; the issuer has no colon in it, which ends it there. */
export function uriOf(
  secret: Uint8Array,
  { issuer, account }: { readonly issuer: string; readonly account: string },
): string {
  const label = account.replaceAll(':', '-').slice(0, LONGEST_LABEL);
  return generateURI({ issuer, label, secret: new ScureBase32Plugin().encode(secret, { padding: false }) });
}
