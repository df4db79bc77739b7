import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { DialproofError } from '../../core/errors.ts';
import type { RawEnvironment } from '../environment.ts';
import { PACKAGE_FOLDER } from '../package-folder.ts';
import type { Done, Job, JobRunner } from './jobs.ts';

/** Does one job at a time. */
export interface ExploreWorker {
  run(job: Job): Promise<Done>;
  close(): Promise<unknown>;
}

/** What a thread reads the same files by. */
export interface ThreadData {
  readonly raw: RawEnvironment;
  readonly paths: readonly string[];
}

/** In this thread. */
export function here(runner: JobRunner, signal: AbortSignal): ExploreWorker {
  return { run: (job) => runner.run(job, () => signal.aborted), close: () => Promise.resolve() };
}

/** In a thread of its own; closing it drops its job. */
export function thread(data: ThreadData): ExploreWorker {
  // As it was built, wherever this runs from: a thread reads no TypeScript.
  const worker = new Worker(path.join(PACKAGE_FOLDER, 'dist/cli/explore/thread.js'), { workerData: data });
  return {
    run: (job) =>
      new Promise((resolve, reject) => {
        const settle = (): void => {
          worker.off('message', answered).off('error', failed).off('exit', ended);
        };
        const answered = (done: Done): void => {
          settle();
          resolve(done);
        };
        const failed = (error: unknown): void => {
          settle();
          reject(error instanceof Error ? error : new Error(String(error)));
        };
        const ended = (): void => failed(threadLost());
        worker.on('message', answered).on('error', failed).on('exit', ended);
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have none
        worker.postMessage(job);
      }),
    close: () => worker.terminate(),
  };
}

/**
 * Every job once, as soon as a worker is free; what was done, in the order of the jobs. At the signal all workers are
 * closed, and what they have not finished is left out.
 */
export async function runJobs(
  jobs: readonly Job[],
  workers: readonly ExploreWorker[],
  { signal, done }: { readonly signal: AbortSignal; readonly done: (done: Done) => void },
): Promise<readonly Done[]> {
  const results: (Done | null)[] = jobs.map(() => null);
  const waiting = [...jobs.entries()];
  const work = async (worker: ExploreWorker): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !signal.aborted; next = waiting.shift()) {
      const [index, job] = next;
      const result = await worker.run(job).catch((error: unknown) => {
        if (signal.aborted) return null;
        throw error;
      });
      results[index] = result;
      if (result !== null) done(result);
    }
  };
  const close = (): void => void Promise.all(workers.map((worker) => worker.close()));
  signal.addEventListener('abort', close, { once: true });
  try {
    await Promise.all(workers.map(work));
  } finally {
    signal.removeEventListener('abort', close);
  }
  return results.filter((result) => result !== null);
}

function threadLost(): DialproofError {
  return new DialproofError('wiring-broken', 'A thread that makes calls has ended by itself.', {
    fix: 'Try again with --jobs 1; if it happens again, please report it.',
  });
}
