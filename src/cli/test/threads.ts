import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { DialproofError } from '../../core/errors.ts';
import type { RawEnvironment } from '../environment.ts';
import { PACKAGE_FOLDER } from '../package-folder.ts';
import type { NumberedPlayed, Players } from './players.ts';

/** What a thread reads the same files by. */
export interface ThreadData {
  readonly raw: RawEnvironment;
  readonly paths: readonly string[];
  readonly traced: boolean;
}

/** Scenarios that a thread is given at a time. */
const PORTION = 50;

/** Several threads, each with a simulator of its own. */
export function threads(count: number, data: ThreadData): Players {
  // As it was built, wherever this runs from: a thread reads no TypeScript.
  const file = path.join(PACKAGE_FOLDER, 'dist/cli/test/thread.js');
  const workers = Array.from({ length: count }, () => new Worker(file, { workerData: data }));
  return {
    async *play(plays) {
      const numbers = plays.map(({ number }) => number);
      const portions: (readonly number[])[] = [];
      for (let at = 0; at < numbers.length; at += PORTION) portions.push(numbers.slice(at, at + PORTION));
      const running = new Map<
        Worker,
        Promise<{ readonly worker: Worker; readonly outcomes: readonly NumberedPlayed[] }>
      >();
      const hand = (worker: Worker): void => {
        const portion = portions.shift();
        if (portion === undefined) running.delete(worker);
        else running.set(worker, answered(worker, portion));
      };
      for (const worker of workers) hand(worker);
      while (running.size > 0) {
        const { worker, outcomes } = await Promise.race(running.values());
        hand(worker);
        yield* outcomes;
      }
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

function answered(worker: Worker, portion: readonly number[]) {
  return new Promise<{ readonly worker: Worker; readonly outcomes: readonly NumberedPlayed[] }>((resolve, reject) => {
    const stop = (): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
    };
    const onMessage = (outcomes: readonly NumberedPlayed[]): void => {
      stop();
      resolve({ worker, outcomes });
    };
    const onError = (error: unknown): void => {
      stop();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onExit = (): void => {
      stop();
      reject(
        new DialproofError('wiring-broken', 'A thread that plays scenarios has ended by itself.', {
          fix: 'Try again with --jobs 1; if it happens again, please report it.',
        }),
      );
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(portion);
  });
}
