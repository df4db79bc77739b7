/** A thread of `dialproof explore`: does the jobs that it is sent, until it is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { readSimulator } from '../test/make-simulator.ts';
import { readScenarioFiles } from '../test/scenario-files.ts';
import { JobRunner, type Job } from './jobs.ts';
import type { ThreadData } from './workers.ts';

const { raw, paths } = workerData as ThreadData;
const ready = Promise.all([readSimulator(raw), readScenarioFiles(paths)]);

parentPort?.on('message', (job: Job) => {
  void run(job);
});

let runner: JobRunner | undefined;

async function run(job: Job): Promise<void> {
  const [{ simulator }, { plays }] = await ready;
  runner ??= new JobRunner(simulator, plays);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have none
  parentPort?.postMessage(await runner.run(job, () => false));
}
