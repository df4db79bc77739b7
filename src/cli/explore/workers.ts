import { shared, type Hand } from '../threads/pool.ts';
import type { Done, Job, JobRunner } from './jobs.ts';

export type ExploreWorker = Hand<Job, Done>;

/** In this thread. */
export function here(runner: JobRunner, signal: AbortSignal): ExploreWorker {
  return { run: (job) => runner.run(job, () => signal.aborted), close: () => Promise.resolve() };
}

/**
 * Every job once; what was done, in the order of the jobs. At the signal all workers are closed, and what they have not
 * finished is left out.
 */
export async function runJobs(
  jobs: readonly Job[],
  workers: readonly ExploreWorker[],
  { signal, done: tell }: { readonly signal: AbortSignal; readonly done: (done: Done) => void },
): Promise<readonly Done[]> {
  const results: (Done | null)[] = jobs.map(() => null);
  if (signal.aborted) return [];
  const close = (): void => void Promise.all(workers.map((worker) => worker.close()));
  signal.addEventListener('abort', close, { once: true });
  try {
    for await (const [number, done] of shared(jobs, workers)) {
      results[number] = done;
      tell(done);
      if (signal.aborted) break;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', close);
  }
  return results.filter((result) => result !== null);
}
