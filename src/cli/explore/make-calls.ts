import { addTally, emptyTally, type Tally } from '../../simulator/explore/tally.ts';
import type { Done, Job } from './jobs.ts';
import type { CallflowPlan } from './plan.ts';
import type { Progress } from './progress.ts';
import { runJobs, type ExploreWorker } from './workers.ts';

/** Makes all the calls: the shortest ones to each place first, the others begin like them. By callflow. */
export async function makeCalls(
  plans: readonly CallflowPlan[],
  by: { readonly workers: readonly ExploreWorker[]; readonly signal: AbortSignal; readonly progress: Progress },
): Promise<ReadonlyMap<string, Tally>> {
  const { workers, signal, progress } = by;
  const run = (jobs: readonly Job[]): Promise<readonly Done[]> =>
    runJobs(jobs, workers, { signal, done: ({ tally }) => progress.add(tally) });
  const tallies = new Map(plans.map(({ callflow }) => [callflow, emptyTally()]));
  const count = (done: readonly Done[]): void => {
    for (const { callflow, tally } of done) addTally(tallies.get(callflow) ?? emptyTally(), tally);
  };
  const first = await run(plans.map(({ callflow, first: most }) => ({ kind: 'first', callflow, most })));
  count(first);
  const lots = first.flatMap(({ callflow, tally, calls }) => {
    const plan = plans.find((each) => each.callflow === callflow);
    return (plan?.lots(tally.callers) ?? []).map((lot) => ({ kind: 'lot', lot, start: calls }) as const);
  });
  count(await run(lots));
  return tallies;
}
