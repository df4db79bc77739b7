import { parentPort, workerData } from 'node:worker_threads';
import type { ToPlay } from '../../simulator/play-scenario.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { RawEnvironment } from '../environment.ts';
import { readSimulator } from '../test/make-simulator.ts';
import { readScenarioFiles } from '../test/scenario-files.ts';

/** What a thread reads the same files by. */
export interface ThreadData {
  readonly raw: RawEnvironment;
  readonly paths: readonly string[];
}

export interface AtWork<Data extends ThreadData> {
  readonly simulator: Simulator;
  readonly plays: readonly ToPlay[];
  readonly data: Data;
}

/** In a thread: reads the files, and does the jobs that it is sent until it is ended. */
export function answerJobs<Data extends ThreadData = ThreadData>(
  worker: (at: AtWork<Data>) => (job: unknown) => Promise<unknown>,
): void {
  const data = workerData as Data;
  const ready = Promise.all([readSimulator(data.raw), readScenarioFiles(data.paths)]).then(
    ([{ simulator }, { plays }]) => worker({ simulator, plays, data }),
  );
  const answer = async (job: unknown): Promise<void> => {
    const run = await ready;
    parentPort?.postMessage(await run(job));
  };
  parentPort?.on('message', (job: unknown) => void answer(job));
}
