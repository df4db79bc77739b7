import type { Lot } from '../../simulator/explore/play-lot.ts';

/** Callers of one lot: about half a second. */
const LOT = 250;
/** One caller in so many makes a shortest call to some place, before all others. */
const FIRST = 10;
const MOST_FIRST = 1_000;
/** Seeds of lots lie so far apart that those of two near seeds do not meet soon. */
const APART = 1_000_003;

export interface CallflowPlan {
  readonly callflow: string;
  /** At most so many of the first calls. */
  readonly first: number;
  /** Once so many have called. */
  readonly lots: (called: number) => readonly Lot[];
}

/** So many callers, shared by the callflows. */
export function planned(
  callers: number,
  { seed, callflows }: { readonly seed: number; readonly callflows: readonly string[] },
): readonly CallflowPlan[] {
  return callflows.map((callflow, index) => {
    const share = Math.floor(callers / callflows.length) + (index < callers % callflows.length ? 1 : 0);
    return {
      callflow,
      first: Math.min(MOST_FIRST, Math.ceil(share / FIRST)),
      lots: (called) => lotsOf(share - called, { callflow, seed: seed + index }),
    };
  });
}

function lotsOf(callers: number, { callflow, seed }: Omit<Lot, 'callers'>): readonly Lot[] {
  return Array.from({ length: Math.ceil(Math.max(0, callers) / LOT) }, (_, index) => ({
    callflow,
    seed: (seed + (index + 1) * APART) % 2 ** 31,
    callers: Math.min(LOT, callers - index * LOT),
  }));
}
