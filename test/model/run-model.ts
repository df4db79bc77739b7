import fc from 'fast-check';
import { anyCommands } from './commands.ts';
import type { Rig } from './rig.ts';
import { Session } from './session.ts';

/** Milliseconds in which a run that went wrong is made shorter. */
const SHRINKS_FOR = 20_000;

/**
 * Runs the product and the model side by side. What went wrong is told as the shortest run that was found to go wrong,
 * with its seed, path and replayPath; MODEL_REPLAY="<seed> <path> <replayPath>" runs that one again.
 */
export async function runModel(rig: Rig, runs: number): Promise<void> {
  const [seed, path, replayPath] = (process.env['MODEL_REPLAY'] ?? '').split(' ').filter((part) => part !== '');
  let until = Infinity;
  const property = fc.asyncProperty(anyCommands(replayPath), async (commands) => {
    // What is shorter is looked for no more when time is up.
    if (performance.now() > until) return;
    const session = new Session(rig);
    try {
      await fc.asyncModelRun(() => ({ model: session, real: rig }), commands);
      await session.ends();
    } catch (error) {
      until = Math.min(until, performance.now() + SHRINKS_FOR);
      throw error;
    }
  });
  await fc.assert(property, {
    numRuns: runs,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
  });
}

/** What the runs have reached, as one line. */
export function reached({ seen }: Rig): string {
  return [...seen]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, times]) => `${what}: ${times}`)
    .join(', ');
}
