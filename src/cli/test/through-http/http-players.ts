import type { OpenStage } from '../../../simulator/play-scenario.ts';
import { atOnce, type Players } from '../players.ts';
import { openHttpStages, type HttpOptions } from './open-http-stages.ts';
import { playAt } from './play-at.ts';

/** Calls that go on at once unless it is said; most of the time each waits for the server, and some for the telephone. */
const AT_ONCE = 16;

/**
 * Plays scenarios at a real server; what was started for it ends with `close`. `simulated`: the same callflows in this
 * process. @throws DialproofError `settings-invalid`, `callflow-invalid`, `server-unreachable`
 */
export async function httpPlayers(
  options: HttpOptions & { readonly simulated: OpenStage; readonly most?: number },
): Promise<Players> {
  const stages = await openHttpStages(options);
  const players = atOnce((one) => playAt(one, stages, options.simulated), {
    most: options.most ?? AT_ONCE,
    skips: (one) => stages.skips(one),
  });
  return { play: (plays) => players.play(plays), close: () => stages.close() };
}
