import type { Budget } from '../../core/contracts/codes.ts';

/**
 * A window is kept as 60 buckets and the one that is sliding out of it, which counts whole until it has left: never
 * more than `most` in any window, and as many rows for a million sends as for sixty.
 */
const BUCKETS = 60;

/** Where a budget counts at a moment. */
export interface Window {
  /** The bucket of now. */
  readonly bucket: number;
  /** The oldest one that still counts. */
  readonly oldest: number;
  /** When the bucket of now counts no more, milliseconds of the wall clock. */
  readonly pastAt: number;
}

export function windowOf({ within }: Budget, now: number): Window {
  const width = Math.max(1, Math.ceil(within / BUCKETS));
  const bucket = Math.floor(now / width);
  return { bucket, oldest: bucket - BUCKETS, pastAt: (bucket + BUCKETS + 1) * width };
}

/** What tells one budget from another. */
export function budgetParts({ name, value, within }: Budget): readonly string[] {
  return [name, value, String(within)];
}

/** That a caller has asked about an account is a budget of one as well: while it is used up, the account is not a new one. */
export function askedAbout(account: string, caller: Budget): Budget {
  return { ...caller, name: `${caller.name}, account`, value: JSON.stringify([caller.value, account]), most: 1 };
}
