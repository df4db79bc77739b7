import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { DialproofError } from '../../core/errors.ts';
import { PACKAGE_FOLDER } from '../package-folder.ts';
import type { ThreadData } from './answer-jobs.ts';

/** Does one job at a time. */
export interface Hand<Job, Done> {
  run(job: Job): Promise<Done>;
  close(): Promise<unknown>;
}

/** A thread of its own, whose `entry` is a file below src/cli. Closing it drops its job. */
export function thread<Job, Done>(entry: string, data: ThreadData): Hand<Job, Done> {
  // As it was built, wherever this runs from: a thread reads no TypeScript.
  const worker = new Worker(path.join(PACKAGE_FOLDER, 'dist/cli', entry), { workerData: data });
  return { run: (job) => answered<Done>(worker, job), close: () => worker.terminate() };
}

/** Every job once, as soon as a hand is free; what was done, with the number of its job, as soon as it is there. */
export async function* shared<Job, Done>(
  jobs: readonly Job[],
  hands: readonly Hand<Job, Done>[],
): AsyncGenerator<readonly [number: number, done: Done], void> {
  const waiting = jobs.entries();
  const running = new Map<Hand<Job, Done>, Promise<readonly [Hand<Job, Done>, number, Done]>>();
  const give = (hand: Hand<Job, Done>): void => {
    const { value: next } = waiting.next();
    running.delete(hand);
    if (next === undefined) return;
    const [number, job] = next;
    const one = hand.run(job).then((done) => [hand, number, done] as const);
    // Nobody may ask for it any more: the run ends, and its thread with it.
    one.catch(() => {});
    running.set(hand, one);
  };
  hands.forEach(give);
  while (running.size > 0) {
    const [hand, number, done] = await Promise.race(running.values());
    give(hand);
    yield [number, done];
  }
}

function answered<Done>(worker: Worker, job: unknown): Promise<Done> {
  return new Promise((resolve, reject) => {
    const settle = (): void => void worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    const onMessage = (done: Done): void => {
      settle();
      resolve(done);
    };
    const onError = (error: unknown): void => {
      settle();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onExit = (): void => onError(threadLost());
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(job);
  });
}

function threadLost(): DialproofError {
  return new DialproofError('wiring-broken', 'A thread has ended by itself.', {
    fix: 'Try again with --jobs 1; if it happens again, please report it.',
  });
}
