import { playFirstCalls } from '../../simulator/explore/first-calls.ts';
import { Explorer, type Scripted } from '../../simulator/explore/explorer.ts';
import { playLot, type Lot } from '../../simulator/explore/play-lot.ts';
import { shortestWays } from '../../simulator/explore/shortest-ways.ts';
import type { Tally } from '../../simulator/explore/tally.ts';
import type { ToPlay } from '../../simulator/play-scenario.ts';
import { reachOf, type Reach } from '../../simulator/reach/reach.ts';
import type { Simulator } from '../../simulator/simulator.ts';

/** A piece of work for a thread: it comes to the same, whichever thread does it. */
export type Job =
  | { readonly kind: 'first'; readonly callflow: string; readonly most: number }
  | { readonly kind: 'lot'; readonly lot: Lot; readonly start: readonly Scripted[] };

export interface Done {
  readonly callflow: string;
  readonly tally: Tally;
  /** Calls that others may begin like. */
  readonly calls: readonly Scripted[];
}

/** The search over the pure step takes as long as so many calls. */
const WORTH_A_SEARCH = 100;

/** Does jobs in this thread. */
export class JobRunner {
  private readonly simulator: Simulator;
  private readonly scenarios: readonly ToPlay[];
  private searched: Reach | null = null;
  private readonly explorers = new Map<string, Explorer>();

  constructor(simulator: Simulator, scenarios: readonly ToPlay[]) {
    this.simulator = simulator;
    this.scenarios = scenarios;
  }

  explorer(callflow: string): Explorer {
    const known = this.explorers.get(callflow) ?? new Explorer(this.simulator, callflow, this.scenarios);
    this.explorers.set(callflow, known);
    return known;
  }

  private get reach(): Reach {
    return (this.searched ??= reachOf(this.simulator.library));
  }

  async run(job: Job, stopped: () => boolean): Promise<Done> {
    if (job.kind === 'first') {
      const { callflow, most } = job;
      const ways = most < WORTH_A_SEARCH ? [] : shortestWays(this.reach, callflow);
      return { callflow, ...(await playFirstCalls(this.explorer(callflow), { ways, most, stopped })) };
    }
    const { lot, start } = job;
    const { callflow } = lot;
    return { callflow, tally: await playLot(this.explorer(callflow), lot, { start, stopped }), calls: [] };
  }
}
