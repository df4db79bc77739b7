import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { formatFinding } from '../../core/callflow/finding.ts';
import { inOrder } from '../../core/callflow/in-order.ts';
import { DialproofError } from '../../core/errors.ts';
import { shortestOf, type Shortest } from '../../simulator/explore/shortest.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { RawEnvironment } from '../environment.ts';
import { readSimulator } from '../test/make-simulator.ts';
import { readScenarioFiles, SCENARIOS } from '../test/scenario-files.ts';
import { exploredCallflow, type Explored } from './explored.ts';
import { JobRunner } from './jobs.ts';
import { thread } from '../threads/pool.ts';
import { makeCalls } from './make-calls.ts';
import { planned } from './plan.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import { here, type ExploreWorker } from './workers.ts';

export interface ExploreOptions {
  /** Files and folders of scenarios; `test/calls` unless given. */
  readonly paths: readonly string[];
  readonly calls: number;
  readonly seed: number;
  /** All of them unless given. */
  readonly callflow?: string;
  /** Threads; as many as there are cores unless given. */
  readonly jobs?: number;
  readonly signal: AbortSignal;
  readonly progress?: (calls: number) => Progress;
  /** In place of the one that the settings make; needs one job. */
  readonly simulator?: Simulator;
}

/** Fewer calls are made sooner than another thread has begun. */
const WORTH_A_THREAD = 500;

/**
 * Makes the calls, and shrinks those that break a rule; null where a file of scenarios cannot be read, which is said on
 * stderr.
 * @throws DialproofError `callflow-invalid`, `settings-invalid`, `usage-wrong`
 */
export async function runExplore(raw: RawEnvironment, options: ExploreOptions): Promise<Explored | null> {
  const paths = options.paths.length === 0 && existsSync(SCENARIOS) ? [SCENARIOS] : options.paths;
  const [simulator, files] = await Promise.all([
    options.simulator ?? readSimulator(raw).then((read) => read.simulator),
    readScenarioFiles(paths),
  ]);
  for (const finding of inOrder(files.findings))
    process.stderr.write(`${formatFinding(finding, files.texts.get(finding.at.file))}\n\n`);
  if (files.findings.length > 0) return null;
  const { calls, seed, signal } = options;
  const plans = planned(calls, { seed, callflows: chosen(simulator, options.callflow) });
  const runner = new JobRunner(simulator, files.plays);
  const threads = options.jobs ?? Math.min(availableParallelism(), Math.ceil(calls / WORTH_A_THREAD));
  const workers: readonly ExploreWorker[] =
    threads === 1
      ? [here(runner, signal)]
      : Array.from({ length: threads }, () => thread('explore/thread.js', { raw, paths }));
  const progress = options.progress?.(calls) ?? NO_PROGRESS;
  const began = performance.now();
  try {
    const tallies = [...(await makeCalls(plans, { workers, signal, progress }))];
    const ms = performance.now() - began;
    progress.stop();
    const failures: Shortest[] = [];
    for (const [callflow, { found }] of tallies)
      for (const broken of found.values()) {
        const shortest = await shortestOf(broken, runner.explorer(callflow));
        if (shortest !== null) failures.push(shortest);
      }
    const callflows = tallies.map(([callflow, tally]) => exploredCallflow(runner.explorer(callflow), tally));
    const made = callflows.reduce((sum, each) => sum + each.calls, 0);
    return { seed, calls: made, ms, threads, interrupted: signal.aborted, callflows, failures };
  } finally {
    progress.stop();
    await Promise.all(workers.map((worker) => worker.close()));
  }
}

function chosen({ library }: Simulator, wanted: string | undefined): readonly string[] {
  const all = library.flows.map(({ callflow }) => callflow.name).toSorted();
  if (wanted === undefined) return all;
  if (all.includes(wanted)) return [wanted];
  throw new DialproofError('usage-wrong', `There is no callflow "${wanted}".`, {
    fix: `Callflows: ${all.join(', ')}.`,
  });
}
