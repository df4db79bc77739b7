/** A thread of `dialproof test --jobs`: plays the scenarios whose numbers it is sent. */
import { playScenario } from '../../simulator/play-scenario.ts';
import { answerJobs } from '../threads/answer-jobs.ts';
import type { NumberedPlayed } from './players.ts';
import { portable } from './portable.ts';
import type { TestThreadData } from './threads.ts';

answerJobs<TestThreadData>(({ simulator, plays, data: { traced } }) => async (numbers) => {
  const outcomes: NumberedPlayed[] = [];
  for (const number of numbers as readonly number[]) {
    const play = plays[number];
    if (play === undefined) continue;
    outcomes.push({ number, played: portable(await playScenario(play, (scene) => simulator.open(scene)), { traced }) });
  }
  return outcomes;
});
