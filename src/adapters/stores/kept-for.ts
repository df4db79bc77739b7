/** How long a store waits before it gives something up, milliseconds of the wall clock. */

/** A call that no webhook came for in so long has ended. */
export const SILENT_FOR = 4 * 60 * 60_000;
/** Servers sweep every minute; after so long it was not they who were late. */
const STEADY_FOR = 30 * 60_000;
/** What a repeat of a webhook could still ask for is kept this long after the end of its call. */
export const REPLIES_KEPT = 24 * 60 * 60_000;
/**
 * A call names its library when its first turn is saved, and servers keep the one that they start calls on every minute:
 * what nothing has named for so long, nobody will.
 */
export const LIBRARY_KEPT = 60 * 60_000;
/** An authenticator that nobody has confirmed by then was given up. */
export const UNCONFIRMED_KEPT = 60 * 60_000;
/** So long after its end, nobody comes back to the page of a sign-in, nor with its ticket. */
export const SIGN_INS_KEPT = 24 * 60 * 60_000;

/**
 * Whether time went on as usual since the last sweep (null: there was none). Where not, the clock was set forward, or no
 * server was there to hear of any call: then no call can be said to have been silent.
 */
export function isSteady(sweptAt: number | null, now: number): boolean {
  return sweptAt === null || now - sweptAt < STEADY_FOR;
}

export function isSilent(lastSeenAt: number, now: number): boolean {
  return now - lastSeenAt >= SILENT_FOR;
}
