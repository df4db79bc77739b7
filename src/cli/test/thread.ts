/** A thread of `dialproof test --jobs`: plays the scenarios whose numbers it is sent, until it is ended. */
import { parentPort, workerData } from 'node:worker_threads';
import { playScenario } from '../../simulator/play-scenario.ts';
import { readSimulator } from './make-simulator.ts';
import type { NumberedPlayed } from './players.ts';
import { portable } from './portable.ts';
import { readScenarioFiles } from './scenario-files.ts';
import type { ThreadData } from './threads.ts';

const { raw, paths, traced } = workerData as ThreadData;
const ready = Promise.all([readSimulator(raw), readScenarioFiles(paths)]);

parentPort?.on('message', (numbers: readonly number[]) => {
  void play(numbers);
});

async function play(numbers: readonly number[]): Promise<void> {
  const [{ simulator }, { plays }] = await ready;
  const outcomes: NumberedPlayed[] = [];
  for (const number of numbers) {
    const play = plays[number];
    if (play === undefined) continue;
    outcomes.push({ number, played: portable(await playScenario(play, (scene) => simulator.open(scene)), { traced }) });
  }
  parentPort?.postMessage(outcomes);
}
