import { isInside } from './network.ts';
import type { Hours, SignInDecision, SignInPolicy, SignInRequest } from './policy.ts';

/**
 * Whether a sign-in passes without a code. Pure, and for any values at all: what is not known, or makes no sense, is
 * never in favour of whoever asks.
 *
 * The order is what counts: an exemption stands over the hours, since services work at night (E25, E26); the hours stand
 * over a known device (E1); and all of a device has to be right (E20, E21).
 */
export function decide(policy: SignInPolicy, request: SignInRequest): SignInDecision {
  if (isExempt(policy, request)) return { kind: 'authorised', why: 'exempt' };
  if (policy.hours !== null && !isWithin(policy.hours, request.minuteOfWeek))
    return { kind: policy.hours.otherwise, why: 'outside-hours' };
  const why = whyAsk(policy, request);
  return why === null ? { kind: 'authorised', why: 'known-device' } : { kind: 'ask', why };
}

/** By user and by network: the name alone is known to anybody. */
function isExempt({ exempt }: SignInPolicy, { user, address }: SignInRequest): boolean {
  if (user === '') return false;
  return exempt.some((each) => each.user === user && each.networks.some((network) => isInside(address, network)));
}

const MINUTES_OF_DAY = 1440;
const MINUTES_OF_WEEK = 7 * MINUTES_OF_DAY;

/** `to` itself is outside. A time that is not known is, too. */
function isWithin({ days, from, to }: Hours, minuteOfWeek: number | null): boolean {
  if (minuteOfWeek === null || !(minuteOfWeek >= 0 && minuteOfWeek < MINUTES_OF_WEEK)) return false;
  const length = to > from ? to - from : to - from + MINUTES_OF_DAY;
  return days.some((day) => {
    const begins = (day - 1) * MINUTES_OF_DAY + from;
    // Hours of Sunday may reach into Monday.
    const since = (minuteOfWeek - begins + MINUTES_OF_WEEK) % MINUTES_OF_WEEK;
    return since >= 0 && since < length;
  });
}

type Ask = Extract<SignInDecision, { kind: 'ask' }>['why'];

/** Null where the device is known well enough. */
function whyAsk({ askAgain, devices }: SignInPolicy, { device, now }: SignInRequest): Ask | null {
  if (device === null || !(devices.remembered > 0)) return 'no-device';
  if (askAgain.whenBrowserChanges && !device.sameBrowser) return 'browser-changed';
  if (!isYounger(now - device.lastSignInAt, askAgain.afterNoSignIn)) return 'no-sign-in-for-long';
  return isYounger(now - device.lastAuthorisedAt, askAgain.afterAuthorisation) ? null : 'authorised-long-ago';
}

/** False for a clock that went back, and for times that are none. */
function isYounger(age: number, period: number): boolean {
  return age >= 0 && age < period;
}
