import { playScenario, type OpenStage, type ToPlay } from '../../../simulator/play-scenario.ts';
import type { Played } from '../../../simulator/record.ts';
import type { HttpStages } from './http-stages.ts';

/**
 * Plays a scenario at a server, as fast as it answers. Some calls need the telephone's time: codes may not follow each other
 * at once, for example, while the caller hears prompts that take half a minute. Where such a call fails only because it
 * was too fast, which the same call in this process tells, it is played again in time.
 */
export async function playAt(play: ToPlay, stages: HttpStages, simulated: OpenStage): Promise<Played> {
  const played = await playScenario(play, stages.open);
  if (played.outcome !== 'failed') return played;
  const here = await playScenario(play, simulated);
  return here.outcome === 'failed' ? played : playScenario(play, stages.openInTime);
}
